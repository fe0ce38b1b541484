"""Phrases of the portal in German. `{#x}` is a number or a date, `{*x}` another phrase, `{x}` what people wrote."""

from collections.abc import Mapping

from portal.language.told_de_figures import FIGURES
from portal.language.told_de_names import NAMES

PHRASES: Mapping[str, str] = {
    # the meanings that each report agreement begins with
    "that we delivered what we promised": "dass wir geliefert haben, was wir zugesagt hatten",
    "that nothing went wrong": "dass nichts schiefging",
    "kept with little room left": "eingehalten, mit wenig Spielraum",
    "missed": "verfehlt",
    "that we delivered less than we promised": "dass wir weniger geliefert haben als zugesagt",
    "that somebody is to blame": "dass jemand schuld ist",
    "that room is used up faster than the month passes": (
        "dass der Spielraum schneller schwindet, als der Monat vergeht"
    ),
    "missed already": "schon verfehlt",
    "measured, with nothing promised yet": "gemessen, und noch nichts zugesagt",
    "kept or missed": "eingehalten oder verfehlt",
    "that both sides count differently": "dass beide Seiten verschieden zählen",
    "that one side is right": "dass eine Seite recht hat",
    "too little data to judge": "zu wenige Daten für ein Urteil",
    "kept": "eingehalten",
    "nothing to judge": "nichts zu beurteilen",
    "what people met with, nothing taken out": "was Menschen erlebt haben, ohne etwas herauszunehmen",
    "what was promised": "was zugesagt war",
    "kept or only just kept, of those that were judged": "ganz oder knapp eingehalten, von denen, die beurteilt wurden",
    "that all promises matter the same": "dass alle Zusagen gleich wichtig sind",
    "an estimate from the evidence named beside it": "eine Schätzung aus den Belegen, die daneben stehen",
    "an amount that was booked": "ein gebuchter Betrag",
    "As felt": "Wie erlebt",
    "Promises kept": "Eingehaltene Zusagen",
    "Worth": "Wert",
    "Kept": "Eingehalten",
    "Close": "Knapp",
    "Missed": "Verfehlt",
    "At risk": "Gefährdet",
    "Trial": "Probe",
    "Disputed": "Strittig",
    "Data gap": "Datenlücke",
    "No cases": "Keine Fälle",
    # sections
    "In short": "Kurz gesagt",
    "Twelve months": "Zwölf Monate",
    "Promises in detail": "Zusagen im Einzelnen",
    "What it was worth": "Was es wert war",
    "What will be better": "Was besser wird",
    "Decisions": "Beschlüsse",
    "How we count": "Wie wir zählen",
    # who and when
    "Service level manager": "Leitung Servicevereinbarungen",
    "Service owner": "Serviceverantwortung",
    "Business unit head": "Leitung des Bereichs",
    "Layout agreed on {#on} by both sides.": "Aufbau am {on} von beiden Seiten vereinbart.",
    "Layout proposed by IT, not yet accepted by {unit}.": (
        "Aufbau von der IT vorgeschlagen, von {unit} noch nicht angenommen."
    ),
    "Proposed by IT, report agreement version {#n}": "Von der IT vorgeschlagen, Berichtsvereinbarung Fassung {n}",
    "Agreed {#on} by {one} and {other}, report agreement version {#n}": (
        "Am {on} von {one} und {other} vereinbart, Berichtsvereinbarung Fassung {n}"
    ),
    "Agreed by both sides on {#on}.": "Von beiden Seiten am {on} vereinbart.",
    "Counting rules version {#n}, report agreement version {#m}.": (
        "Zählregeln Fassung {n}, Berichtsvereinbarung Fassung {m}."
    ),
    "Done {#on}": "Erledigt am {on}",
    "Done": "Erledigt",
    "Open": "Offen",
    "{#n} day late": "{n} Tag zu spät",
    "{#n} days late": "{n} Tage zu spät",
    "Both sides": "Beide Seiten",
    "Decided": "Beschlossen",
    "Dispute about {#month}, “{name}”: {#printed}": "Streit über {month}, „{name}“: {printed}",
    "Corrected": "Berichtigt",
    "The figure stays": "Die Zahl bleibt",
    "Withdrawn": "Zurückgezogen",
    "Approved": "Genehmigt",
    "Approved, {reference}": "Genehmigt, {reference}",
    "Booked": "Gebucht",
    "Booked, {reference}": "Gebucht, {reference}",
    # a promise that needs attention
    "As agreed": "Wie vereinbart",
    "As you felt it": "Wie Sie es erlebt haben",
    "As your customers felt it": "Wie Ihre Kunden es erlebt haben",
    "As {who} felt it": "Wie {who} es erlebt haben",
    "Promised": "Zugesagt",
    "{name}: minutes lost against minutes allowed": "{name}: verlorene gegen erlaubte Minuten",
    "{#on}, slow": "{on}, langsam",
    # how it is counted
    "A month runs from midnight to midnight, {place} time.": (
        "Ein Monat läuft von Mitternacht bis Mitternacht, Zeit von {place}."
    ),
    "{#month} had {#n} hours, because the clocks went back on the {#day}.": (
        "Der {month} hatte {n} Stunden, weil die Uhren am {day} zurückgestellt wurden."
    ),
    "{#month} had {#n} hours, because the clocks went forward on the {#day}.": (
        "Der {month} hatte {n} Stunden, weil die Uhren am {day} vorgestellt wurden."
    ),
    "A promise that is met exactly counts as kept.": "Eine genau erfüllte Zusage gilt als eingehalten.",
    "Percentages are rounded down, so a figure never looks better than it is.": (
        "Prozente werden abgerundet, damit keine Zahl besser aussieht, als sie ist."
    ),
    "This holds for {names}.": "Das gilt für {names}.",
    "Announced {*work} is taken out only with {#n} working day’s notice.": (
        "Angekündigte Arbeiten ({work}) werden nur herausgenommen, wenn sie {n} Arbeitstag vorher angekündigt sind."
    ),
    "Announced {*work} is taken out only with {#n} working days’ notice.": (
        "Angekündigte Arbeiten ({work}) werden nur herausgenommen, wenn sie {n} Arbeitstage vorher angekündigt sind."
    ),
    "Announced {*work} is taken out only with {#n} working day’s notice, and up to {#cap} minutes a month.": (
        "Angekündigte Arbeiten ({work}) werden nur herausgenommen, wenn sie {n} Arbeitstag vorher angekündigt sind,"
        " und höchstens {cap} Minuten im Monat."
    ),
    "Announced {*work} is taken out only with {#n} working days’ notice, and up to {#cap} minutes a month.": (
        "Angekündigte Arbeiten ({work}) werden nur herausgenommen, wenn sie {n} Arbeitstage vorher angekündigt sind,"
        " und höchstens {cap} Minuten im Monat."
    ),
    "planned work": "geplante Arbeiten",
    "emergency work": "dringende Arbeiten",
    "work of a supplier": "Arbeiten eines Lieferanten",
    "Time without data is never counted as working.": "Zeit ohne Daten zählt nie als gute Zeit.",
    "Below {#n} % of data we do not judge, unless the result is certain.": (
        "Unter {n} % Daten urteilen wir nicht, außer das Ergebnis ist sicher."
    ),
    "Below {#n} % of data we do not judge {names}, unless the result is certain.": (
        "Unter {n} % Daten urteilen wir nicht über {names}, außer das Ergebnis ist sicher."
    ),
    "For {names}, what has no data counts as lost.": "Für {names} zählt, was keine Daten hat, als verloren.",
    "For {names}, what has no data counts as working, as both sides agreed.": (
        "Für {names} zählt, was keine Daten hat, als gut, wie beide Seiten vereinbart haben."
    ),
    "A case belongs to the period in which its clock stops; what is open is in none.": (
        "Ein Fall gehört in die Zeit, in der seine Uhr stehen bleibt; was offen ist, gehört in keine."
    ),
    "A case belongs to the period in which it is opened; not final until each is solved or overdue.": (
        "Ein Fall gehört in die Zeit, in der er eröffnet wird; endgültig erst, wenn jeder gelöst oder überfällig ist."
    ),
    "A case belongs to the period in which it is due; open and overdue is late.": (
        "Ein Fall gehört in die Zeit, in der er fällig ist; offen und überfällig heißt zu spät."
    ),
    # the sum
    "Service hours": "Servicezeit",
    "Announced work taken out": "Angekündigte Arbeiten, herausgenommen",
    "Time without data, left out": "Zeit ohne Daten, ausgelassen",
    "Time without data, counted as down": "Zeit ohne Daten, als Ausfall gezählt",
    "Time without data": "Zeit ohne Daten",
    "Time that counts": "Zeit, die zählt",
    "Time lost": "Verlorene Zeit",
    "Time allowed": "Erlaubte Zeit",
    "Down": "Ausfall",
    "Slow or partly usable": "Langsam oder teils nutzbar",
    "Very slow": "Sehr langsam",
    "{loss}, by share of users": "{loss}, nach Anteil der Nutzer",
    "Planned work that counts as down": "Geplante Arbeiten, die als Ausfall zählen",
    "Share available": "Verfügbarer Anteil",
    "Share in time": "Anteil rechtzeitig",
    "Share {good}": "Anteil {good}",
    "Result": "Ergebnis",
    "At worst": "Schlimmstenfalls",
    "At best": "Bestenfalls",
    "If all time without data was down": "Wenn alle Zeit ohne Daten ein Ausfall war",
    "If all time without data was up": "Wenn alle Zeit ohne Daten gut war",
    "If all that has no data was lost": "Wenn alles ohne Daten verloren war",
    "If all that has no data was good": "Wenn alles ohne Daten gut war",
    "If all without a record were late": "Wenn alle ohne Eintrag zu spät waren",
    "If all without a record were in time": "Wenn alle ohne Eintrag rechtzeitig waren",
    "Time paused": "Angehaltene Zeit",
    "Answered": "Geantwortet",
    "Likely share": "Wahrscheinlicher Anteil",
    "If all had been asked and had answered, with 95 % confidence": (
        "Wenn alle gefragt worden wären und geantwortet hätten, mit 95 % Sicherheit"
    ),
    "Nobody knows what it hides": "Niemand weiß, was sie verbirgt",
    "What it hides counts as lost": "Was sie verbirgt, zählt als verloren",
    "What it hides counts as good": "Was sie verbirgt, zählt als gut",
    "Taken for the time without data": "Angenommen für die Zeit ohne Daten",
    "In proportion, rounded up": "Im Verhältnis, aufgerundet",
    "Without data": "Ohne Daten",
    "In time": "Rechtzeitig",
    "Late": "Zu spät",
    "Without a record": "Ohne Eintrag",
    "Allowed": "Erlaubt",
    "Allowed late": "Zu spät erlaubt",
    "Allowed {bad}": "Erlaubt {bad}",
    "Not longer than that": "Nicht länger als das",
    "Interruptions of more than {#time}": "Unterbrechungen von mehr als {time}",
    "{units} due": "{units} fällig",
    # what became of an event
    "Counts": "Zählt",
    "Outside the agreed hours": "Außerhalb der vereinbarten Zeit",
    "Inside announced work": "Während angekündigter Arbeiten",
    "Already counted with another event": "Schon mit einem anderen Ereignis gezählt",
    "Shorter than agreed to count": "Kürzer, als vereinbart ist",
    "Agreed not to count": "Zählt nach Vereinbarung nicht",
    "Agreed not to count: {reason}": "Zählt nach Vereinbarung nicht: {reason}",
    "Announced in time and approved": "Rechtzeitig angekündigt und genehmigt",
    "Not agreed to be taken out": "Nicht zum Herausnehmen vereinbart",
    "Announced too late": "Zu spät angekündigt",
    "Not approved before it started": "Nicht vor Beginn genehmigt",
    "{*why}; what is over the cap or the announced end counts as down": (
        "{why}; was über der Grenze oder dem angekündigten Ende liegt, zählt als Ausfall"
    ),
    "{*why}, so it counts as down": "{why}, und zählt so als Ausfall",
    "As claimed": "Wie gemeldet",
    # what it was worth
    "Confirmed": "Bestätigt",
    "Confirmed by {who}": "Bestätigt von {who}",
    "Measured": "Gemessen",
    "Estimated, agreed method": "Geschätzt, vereinbarte Methode",
    "Assumed": "Angenommen",
    "Nothing to state": "Nichts anzugeben",
    "It is not known how many {unit} were hit.": "Wie viele {unit} betroffen waren, ist nicht bekannt.",
    "No {unit} were hit.": "Keine {unit} waren betroffen.",
    "{hit} were hit. From your own profile, {never} never come back.": (
        "{hit} waren betroffen. Nach Ihrem eigenen Profil kommen {never} nie zurück."
    ),
    "{range} lost": "{range} verloren",
    "We estimate that **{units}** were lost, worth {minor}.": (
        "Wir schätzen, dass **{units}** verloren gingen: {minor}."
    ),
    "There is no count for {#month} yet.": "Für {month} gibt es noch keine Zählung.",
    "{#month}: {now}, from {was} in {#base}. No {unit} more than then.": (
        "{month}: {now}, nach {was} im {base}. Nicht mehr {unit} als damals."
    ),
    "{#month}: {now}, from {was} in {#base}. {cause} brought {more} more {unit}.": (
        "{month}: {now}, nach {was} im {base}. {cause}: {more} mehr {unit}."
    ),
    "{*said} That freed {worth}.": "{said} Das spart {worth}.",
    "{*line} {unit} are counted; nothing was changed yet.": "{line} {unit} werden gezählt; noch wurde nichts geändert.",
    "{unit} are counted; nothing was changed yet.": "{unit} werden gezählt; noch wurde nichts geändert.",
    "{*line} {unit} have not fallen for certain yet.": "{line} {unit} sind noch nicht sicher weniger geworden.",
    "{unit} have not fallen for certain yet.": "{unit} sind noch nicht sicher weniger geworden.",
    "{unit} fell by {fell} a month.": "{unit}: {fell} weniger im Monat.",
    "{unit} fell from {was} to {now} a month. {who} confirms {worth} {result}.": (
        "{unit}: von {was} auf {now} im Monat. {who} bestätigt: {worth} {result}."
    ),
    "{unit} fell from {was} to {now} a month. That is {worth} {result}.": (
        "{unit}: von {was} auf {now} im Monat. Das sind {worth} {result}."
    ),
    "{unit} hit: your own profile of {same} by hour and weekday, confirmed {#on}. Slow time counts"
    " as far as it was lost."
    " Lost for good: {#share} of {again} hit, each worth {#worth}.": (
        "Betroffen ({unit}): Ihr eigenes Profil nach Stunde und Wochentag, bestätigt {on}. Langsame"
        " Zeit zählt, soweit sie"
        " verloren war. Für immer verloren: {share} davon, jedes im Wert von {worth}."
    ),
    # what is said about it
    "You answer by {#on}": "Sie antworten bis {on}",
    "{who} answers by {#on}.": "{who} antwortet bis {on}.",
    "{who} answers by {#on}": "{who} antwortet bis {on}",
    "Comment": "Bemerkung",
    "Question": "Frage",
    "Dispute": "Streit",
    "You": "Sie",
    "Your answer to this review": "Ihre Antwort auf diesen Bericht",
    "The answer of {unit}": "Die Antwort von {unit}",
    "IT’s answer to your question": "Antwort der IT auf Ihre Frage",
    "IT’s answer to a question of {unit}": "Antwort der IT auf eine Frage von {unit}",
    "Your answer to a question of {unit}": "Ihre Antwort auf eine Frage von {unit}",
    "By {#on}, {*left}": "Bis {on}, {left}",
    "Comments and questions": "Bemerkungen und Fragen",
    "Until {#on}, {*left}": "Bis {on}, {left}",
    "Until {#on}.": "Bis {on}.",
    "Now they go on the agenda of the meeting": "Jetzt kommen sie auf die Tagesordnung der Besprechung",
    "By {#on}": "Bis {on}",
    "last day today": "heute letzter Tag",
    "{#n} working day left": "noch {n} Arbeitstag",
    "{#n} working days left": "noch {n} Arbeitstage",
    "{#n} working day late": "{n} Arbeitstag zu spät",
    "{#n} working days late": "{n} Arbeitstage zu spät",
    "Acknowledged by {name} on {#on}": "Bestätigt von {name} am {on}",
    "Signed with reservations by {name} on {#on}: “{said}”": (
        "Mit Vorbehalten unterschrieben von {name} am {on}: „{said}“"
    ),
    "Disputed. As we count:": "Strittig. Wie wir zählen:",
    "As IT counts": "Wie die IT zählt",
    "As you count": "Wie Sie zählen",
    "Allowed:": "Erlaubt:",
    "kept.": "eingehalten.",
    "close": "knapp",
    "at risk": "gefährdet",
    "trial": "Probe",
    "no cases": "keine Fälle",
    "data gap": "Datenlücke",
    "{#n} of {#m}": "{n}\u00a0von\u00a0{m}",
    "{*note} Also on {#when}.": "{note} Auch am {when}.",
    "{#n} %, {*status} by {#by}.": "{n} %, {status} um {by}.",
    "{#n} %, {*status}.": "{n} %, {status}.",
    "You dispute one figure: “{name}”.": "Sie bestreiten eine Zahl: „{name}“.",
    "You dispute {*n} figures: {names}.": "Sie bestreiten {n} Zahlen: {names}.",
    "You dispute one figure: we count {#ours} without {name}, you count": (
        "Sie bestreiten eine Zahl: wir zählen {ours} ({name}), Sie zählen"
    ),
    "two": "zwei",
    "three": "drei",
    "four": "vier",
    "five": "fünf",
    "One figure is under dispute since this edition was issued, and counted as neither kept nor missed. As issued:": (
        "Eine Zahl ist strittig, seit diese Ausgabe herausgegeben ist, und zählt weder als eingehalten"
        " noch als verfehlt."
        " Wie herausgegeben:"
    ),
    "Figures are under dispute since this edition was issued, and counted as neither kept nor missed. As issued:": (
        "Zahlen sind strittig, seit diese Ausgabe herausgegeben ist, und zählen weder als eingehalten"
        " noch als verfehlt."
        " Wie herausgegeben:"
    ),
    **NAMES,
    **FIGURES,
}
# Small words in what is otherwise numbers and dates.
PARTS: tuple[tuple[str, str], ...] = (
    (r"Counting rules version (\d+)\.", r"Zählregeln Fassung \1."),
    (r"^(\d+|No) events?\b", r"\1 Ereignisse"),
    (r"^1 Ereignisse\b", "1 Ereignis"),
    (r"^No Ereignisse\b", "Keine Ereignisse"),
    (r"^(\d+|No) interruptions?\b", r"\1 Unterbrechungen"),
    (r"^(\d+|No) dates? due\b", r"\1 Termine fällig"),
    (r"\bdata complete \(", "Daten vollständig ("),
    (r"\bno data for ([\d.,]+ %) of the time\b", r"\1 der Zeit ohne Daten"),
    (r"\bno data\b", "keine Daten"),
    (r"\bdata (?=[\d.,]+ %)", "Daten "),
    (r"\bwithout data\b", "ohne Daten"),
    (r"\b(\d+) agreed not to count\b", r"\1 zählen nach Vereinbarung nicht"),
    (r"\b(?:date has|dates have) no record\b", "ohne Eintrag"),
    (r"\bevery day\b", "jeden Tag"),
    (r"\bround the clock\b", "rund um die Uhr"),
    (r"\ball day\b", "den ganzen Tag"),
    (r"\b([A-Z][\w-]+(?: [A-Z][\w-]+)?) time\b", r"Zeit von \1"),
    (r"\b(\d+) working days?’s? notice\b", r"\1 Arbeitstage vorher angekündigt"),
    (r"\b1 Arbeitstage\b", "1 Arbeitstag"),
    (r" min cap\b", " min Grenze"),
    (r"\bcounts half\b", "zählt halb"),
    (r"\bdoes not count\b", "zählt nicht"),
    (r"\bcounts (?=[\d.,]+ %)", "zählt "),
    (r", exactly ", ", genau "),
    (r"\bAlways rounded down\.", "Immer abgerundet."),
    (r"\bis more than\b", "ist mehr als"),
    (r"\bis at most\b", "ist höchstens"),
    (r" and (\d+) more\b", r" und \1 weitere"),
    (r"\bof users\b", "der Nutzer"),
    (r"\bpeople asked\b", "Personen gefragt"),
    (r"\bstill open\b", "noch offen"),
    (r"\bnot due yet\b", "noch nicht fällig"),
    (r"\bmerged into others\b", "mit anderen verbunden"),
    (r"\bleft out\b", "ausgelassen"),
    (r"\bunknown\b", "unbekannt"),
    (r"\band goes on\b", "und dauert an"),
    (r"^([\d.,]+) counted\b", r"\1 gezählt"),
    (r"\bversion (\d+)\b", r"Fassung \1"),
    (r"\bworking days\b", "Arbeitstage"),
    (r"\bCounted (?=from|until|[A-Z])", "Gezählt "),
    (r"\bOf the service time between start and stop\b", "Von der Servicezeit zwischen Anfang und Ende"),
    (r"; the time without data in proportion\b", "; die Zeit ohne Daten im Verhältnis"),
    (r"\b(\d+)(?:st|nd|rd|th)\b", r"\1."),
)
