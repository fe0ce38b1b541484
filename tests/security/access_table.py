"""What each role gets at each address, as one table: a new address needs a line here.

Columns: Administrator, Manager, Owner, Head, Business member and aUditor, the business roles in the unit that the rows
belong to; then head and business member of another unit of the same tenant. First what reading gives, then sending.
`+` let in (whatever is wrong with what was sent is another matter), `-` 403, `.` 404, `none` not offered at all.
"""

import re

from tests.security.readers import LETTERS, OUTSIDERS

COLUMNS = (*LETTERS, *OUTSIDERS)
CELL = re.compile(r"none|[+.-]{6} [+.-]{2}")
TABLE = """
service_create            -++--- --  -++--- --
service_edit              -++--- --  -++--- --
service_sort              -++--- --  -++--- --
service_move              -++--- --  -++--- --
catalogue_json            +++--+ --  none
service_import            -++--- --  -++--- --
import_detail             -++--- --  -++--- --
import_write              none       -++--- --
import_undo               none       -++--- --
import_drop               none       -++--- --
import_problems           -++--- --  -++--- --
case_edit                 -++--- ..  -++--- ..
purpose_say               ---++- ..  ---++- ..
cost_list                 ++++-+ ..  -++--- ..
cost_remove               none       -++--- ..
entry_versions            ++++++ ++  none
entry_edit                -++--- --  -++--- --
entry_approve             none       -+-..- ..
entry_publish             -+---- --  -+---- --
retirement_plan           -+---- --  -+---- --
retirement_call_off       none       -+---- --
service_offerings         ++++++ ++  ++++++ ++
offering_create           -++--- --  -++--- --
offering_edit             -++--- --  -++--- --
offering_remove           none       -++--- --
entitlement_create        -++--- --  -++--- --
entitlement_edit          -++--- --  -++--- --
service_map               ++++++ ++  ++++++ ++
steps_edit                -++--- --  -++--- --
dependency_create         -++--- --  -++--- --
dependency_edit           -++--- --  -++--- --
dependency_move           none       -++--- --
dependency_remove         -++--- --  -++--- --
group_create              -++--- --  -++--- --
group_edit                -++--- --  -++--- --
hand_over_create          -++--- --  -++--- --
hand_over_edit            -++--- --  -++--- --
hand_over_remove          -++--- --  -++--- --
component_list            ++++++ ++  ++++++ ++
component_create          -++--- --  -++--- --
component_detail          ++++++ ++  ++++++ ++
component_edit            -++--- --  -++--- --
goal_list                 ++++++ ++  none
goal_create               -++--- --  -++--- --
goal_detail               ++++++ ..  -++--- ..
goal_edit                 -++--- ..  -++--- ..
goal_count                -++++- ..  -++++- ..
contribution_remove       none       -++--- ..
term_list                 ++++++ ++  ++++++ ++
term_create               ++---- --  ++---- --
term_edit                 ++---- --  ++---- --
term_remove               none       ++---- --
saved_view_keep           +++++- ++  +++++- ++
saved_view_remove         none       .....- ..
need_list                 ++++++ ++  ++++++ ++
need_raise                ---++- ++  ---++- ++
need_detail               ++++++ ..  -++--- ..
home                      ++++++ ++  none
workbench                 +++--+ --  none
service_list              ++++++ ++  none
service_csv               ++++++ ++  none
service_workbook          ++++++ ++  none
service_detail            ++++++ ++  none
service_difference        ++++++ ++  none
service_lost              ++++++ ++  none
service_carries           ++++++ ++  none
component_carries         ++++++ ++  none
service_impact            ++++++ ++  none
impact_edit               ---++- ..  ---++- ..
service_talk              +++++- ++  +++++- ++
portfolio                 ++++-+ +-  none
portfolio_review_list     ++++-+ +-  none
portfolio_review_open     -+---- --  -+---- --
portfolio_review          ++++-+ ..  none
vote_cast                 none       -+++-- ..
portfolio_review_close    -+---- ..  -+---- ..
portfolio_service         ++++-+ ..  none
component_status          ++++++ ++  none
goal_progress             ++++++ ..  none
goal_measure              -++--- ..  -++--- ..
goal_value                ++++++ ..  none
value_create              -++--- ..  -++--- ..
value_edit                -++--- ..  -++--- ..
value_confirm             none       ---+-- ..
improvement_origin        ++++++ ..  none
review_list               ++++++ ++  none
review_draft              none       -+---- --
review_detail             ++++++ ..  none
review_present            ++++++ ..  none
review_edit               -+---- ..  none
review_issue              -+---- ..  -+---- ..
check_ask                 none       -+---- ..
check_answer              none       -++--- ..
review_restate            -+---- ..  -+---- ..
draft_pdf                 -.---- ..  -.---- ..
review_acknowledge        none       ---+-- ..
review_reserve            ---+-- ..  ---+-- ..
layout_accept             none       ---+-- ..
report_agreement          ++++++ ..  none
layout_draft              -+---- ..  -+---- ..
layout_counter            ---+-- ..  ---+-- ..
layout_talk               none       +++++- ..
layout_agree              none       -+-+-- ..
anchor_comment            none       +++++- ..
follow_up_add             -+---- ..  -+---- ..
review_meeting            ++++++ ..  none
meeting_calendar          ++++++ ..  none
meeting_plan              -+---- ..  -+---- ..
topic_raise               none       -++++- ..
topic_close               none       -+---- ..
decision_write            none       -+---- ..
minutes_write             -+---- ..  -+---- ..
minutes_confirm           none       ---+-- ..
pulse_of_review           -++--- ..  -++--- ..
pulse_list                ++++++ ++  none
pulse_of_case             -++--- --  -++--- --
pulse_detail              ++++++ ..  ---..- ..
conversation_place        ++++++ ..  none
feedback_list             ++++++ ++  none
feedback_raise            ---++- ++  ---++- ++
feedback_detail           ++++++ ..  none
feedback_answer           none       -++--- ..
feedback_settle           none       ---+-- ..
channel_list              ++++++ ++  none
channel_edit              -+-+-- ..  -+-+-- ..
channel_accept            none       -+-+-- ..
edition_detail            ++++++ ..  none
edition_pdf               ++++++ ..  ++++++ ..
edition_archive           ++++++ ..  ++++++ ..
edition_figures           ++++++ ..  none
edition_workbook          ++++++ ..  none
edition_evidence          ++++++ ..  ++++++ ..
paragraph_edit            -+---- --  -+---- --
paragraph_check           none       -+---- --
paragraph_reword          none       -+---- --
paragraph_take_back       none       -+---- --
figure_detail             ++++++ ..  none
figure_proof              ++++++ ..  none
figure_verify             ++++++ ..  ++++++ ..
figure_acknowledge        none       ---+-- ..
figure_question           none       ---++- ..
figure_dispute            none       ---+-- ..
figure_improve            none       -++++- ..
thread_reply              none       +++++- ..
thread_improve            none       -++++- ..
dispute_answer            none       -++--- ..
dispute_settle            none       ---+-- ..
dispute_withdraw          none       ---+-- ..
follow_up_edit            -+---- ..  -+---- ..
follow_up_done            none       -+---- ..
process_list              ++++++ ++  none
process_create            ---++- ++  ---++- ++
process_detail            ++++++ ..  none
process_tell              ---++- ..  ---++- ..
context_ask               -++--- --  -++--- --
context_request_list      ++++++ ++  none
context_request_detail    ++++++ ..  ---++- ..
export_month              +----- --  +----- --
api_reviews               ++++++ ++  none
api_edition               ++++++ ..  none
improvement_list          ++++++ ++  none
improvement_raise         -++++- ++  -++++- ++
improvement_detail        ++++++ ..  -+++-- ..
improvement_edit          -++--- ..  -++--- ..
agreement_list            ++++++ ++  ++++++ ++
agreement_create          -+---- --  -+---- --
agreement_import          -+---- --  -+---- --
party_create              -+---- --  -+---- --
party_detail              -+---- --  -+---- --
contact_remove            -+---- --  -+---- --
agreement_detail          ++++++ ..  ++++++ ..
agreement_version         ++++++ ..  ++++++ ..
agreement_edit            -+---- ..  -+---- ..
agreement_remove          -+---- ..  -+---- ..
agreement_accept          -+-+-- ..  -+-+-- ..
agreement_text            ++++++ ..  none
agreement_pdf             ++++++ ..  ++++++ ..
signature_ask             -+---- ..  -+---- ..
signature_withdraw        none       -+---- ..
signed_copy               -+---- ..  -+---- ..
document_attach           -+---- ..  -+---- ..
document_detail           ++++++ ..  none
document_remove           -+---- ..  -+---- ..
agreement_propose         none       -+---- ..
agreement_withdraw        none       -+---- ..
agreement_revise          -+---- ..  -+---- ..
agreement_end             -+-+-- ..  -+-+-- ..
package_list              -+---- --  -+---- --
package_remove            -+---- --  -+---- --
package_create            -+---- ..  -+---- ..
package_put               -+---- ..  -+---- ..
agreement_copy            -+---- ..  -+---- ..
agreement_openslo         ++++++ ..  ++++++ ..
target_table              ++++++ ..  ++++++ ..
target_import             -+---- ..  -+---- ..
openslo_import            -+---- ..  -+---- ..
target_check              none       -+---- ..
wording_use               none       -+---- ..
wording_except            -+---- ..  -+---- ..
wording_drop              none       -+---- ..
own_word_list             ++++++ ++  ++++++ ++
own_word_create           ++---- --  ++---- --
own_word_edit             ++---- --  ++---- --
target_create             -+---- ..  -+---- ..
target_build              -+---- ..  -+---- ..
priorities_create         -+---- ..  -+---- ..
target_rebuild            -+---- ..  -+---- ..
template_create           -+---- ..  -+---- ..
template_remove           -+---- --  -+---- --
target_edit               -+---- ..  -+---- ..
target_remove             -+---- ..  -+---- ..
version_compare           ++++++ ..  none
clause_list               ++++++ ..  none
clause_accept             none       -+-+-- ..
promise_propose           -+-+-- ..  -+-+-- ..
credits_propose           -+-+-- ..  -+-+-- ..
duty_propose              -+-+-- ..  -+-+-- ..
clause_propose            -+-+-- ..  -+-+-- ..
clause_leave_out          -+-+-- ..  -+-+-- ..
clause_talk               ++++++ ..  +++++- ..
clause_proposal_accept    none       -+-+-- ..
clause_proposal_decline   -+-+-- ..  -+-+-- ..
clause_proposal_withdraw  none       -+-+-- ..
target_propose            -+---- ..  -+---- ..
scope_create              -+---- ..  -+---- ..
scope_edit                -+---- ..  -+---- ..
scope_remove              -+---- ..  -+---- ..
target_what_if            ++++++ ..  ++++++ ..
agreement_chain           ++++++ ..  ++++++ ..
support_create            -+---- ..  -+---- ..
support_remove            none       -+---- ..
obligation_create         -+---- ..  -+---- ..
obligation_edit           -+---- ..  -+---- ..
obligation_remove         -+---- ..  -+---- ..
obligation_done           none       -+-++- ..
proposal_detail           ++++++ ..  ---+-- ..
credit_scheme_create      -+---- ..  -+---- ..
credit_scheme_edit        -+---- ..  -+---- ..
credit_scheme_remove      -+---- ..  -+---- ..
credit_statement          +++..+ ..  +++..+ ..
credit_decide             none       +++..- ..
credit_state              none       +++..- ..
credit_earn_back          none       +++..- ..
credit_statement_csv      +++..+ ..  +++..+ ..
levels_edit               -++--- --  -++--- --
attainment_detail         ++++++ ..  ++++++ ..
attainment_verify         ++++++ ..  ++++++ ..
attainment_evidence_csv   ++++++ ..  ++++++ ..
attainment_evidence_json  ++++++ ..  ++++++ ..
forecast_calibration      +----+ --  none
hours_list                ++++++ ++  ++++++ ++
hours_create              -+---- --  -+---- --
hours_detail              ++++++ ++  ++++++ ++
hours_edit                -+---- --  -+---- --
planned_work_list         ++++++ ++  ++++++ ++
planned_work_announce     -++--- --  -++--- --
planned_work_approve      none       -+-++- ..
planned_work_cancel       none       -++--- ..
planned_work_end          -++--- ..  -++--- ..
measure_list              ++++++ ++  ++++++ ++
measure_create            -++--- --  -++--- --
measure_detail            ++++++ ..  ++++++ ..
measure_edit              -++--- ..  -++--- ..
measure_facts             ++++++ ..  ++++++ ..
measure_pauses            ++++++ ..  ++++++ ..
pause_approve             -....- ..  -....- ..
measure_gaps              ++++++ ..  ++++++ ..
measure_covered           ++++++ ..  ++++++ ..
measure_corrections       ++++++ ..  ++++++ ..
fact_enter                -++++- ..  -++++- ..
gap_enter                 -++++- ..  -++++- ..
covered_enter             -++++- ..  -++++- ..
fact_upload               -++++- ..  -++++- ..
fact_template             ++++++ ..  ++++++ ..
gap_template              ++++++ ..  ++++++ ..
covered_template          ++++++ ..  ++++++ ..
api_schema                ++++++ ++  none
api_docs                  ++++++ ++  none
api_try                   ++++++ ++  none
api_agreements            ++++++ ++  none
api_agreement             ++++++ ..  none
api_measures              ++++++ ++  none
api_measure               ++++++ ..  none
api_facts                 ++++++ ..  -++++- ..
api_gaps                  ++++++ ..  -++++- ..
api_planned_work          ++++++ ++  none
api_planned_work_end      none       -++--- --
api_covered               ++++++ ..  -++++- ..
api_batch                 ++++++ ..  none
api_attainments           ++++++ ++  none
api_attainment            ++++++ ..  none
batch_list                ++++++ ++  ++++++ ++
batch_detail              ++++++ ..  ++++++ ..
batch_errors              ++++++ ..  ++++++ ..
batch_send                none       -....- ..
batch_discard             none       -....- ..
batch_approve             none       -++--- ..
batch_refuse              none       -++--- ..
member_list               +----- --  none
member_edit               +----- --  +----- --
invitation_create         +----- --  +----- --
invitation_withdraw       none       +----- --
unit_list                 ++---- --  none
unit_create               ++---- --  ++---- --
unit_edit                 ++---- --  ++---- --
token_list                +----- --  none
token_create              +----- --  +----- --
token_revoke              none       +----- --
audit_list                +----+ --  none
audit_csv                 +----+ --  none
history_list              +----+ --  none
history_csv               +----+ --  none
job_detail                ++++++ ..  none
job_download              ++++++ ..  none
job_retry                 none       ++++++ ..
conversation_list         ++++++ ++  none
conversation_start        +++++- ++  +++++- ++
conversation_detail       ++++++ ..  none
comment_add               none       +++++- ..
conversation_close        none       +++++- ..
conversation_raise        +++++- ..  +++++- ..
notification_list         ++++++ ++  none
mail_choices              ++++++ ++  ++++++ ++
notification_read_all     none       ++++++ ++
notification_read         none       ...... ..
"""
# The signs of each address by name and method, without their blanks.
ROWS = {
    name: dict(zip(("get", "post"), (cell.replace(" ", "") for cell in CELL.findall(cells)), strict=True))
    for name, _, cells in (line.partition(" ") for line in TABLE.strip().splitlines())
}


def is_let_in(name: str, method: str, letter: str) -> bool:
    """Whether the table lets that reader in at an address of their own unit."""
    cell = ROWS[name].get(method, "none")
    return cell != "none" and cell[COLUMNS.index(letter)] == "+"
