"""What the page of one figure says in German, and its proof: its records, its rules, and how others would count it."""

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    # what it rests on
    "When": "Wann",
    "Part": "Teil",
    "Dates": "Termine",
    "What we know": "Was wir wissen",
    "Due": "Fällig",
    "Due {#at}": "Fällig {at}",
    "Could have been in time or late": "Kann rechtzeitig oder zu spät gewesen sein",
    "No record": "Kein Eintrag",
    "Not done": "Nicht erledigt",
    "Cases": "Fälle",
    "Case": "Fall",
    "Took": "Dauerte",
    "Took at most": "Dauerte höchstens",
    "How long they took": "Wie lange sie dauerten",
    "How it was found": "Wie es gefunden wurde",
    "at least {#time}": "mindestens {time}",
    "Interruptions": "Unterbrechungen",
    "What happened": "Was geschah",
    "Planned work": "Geplante Arbeiten",
    "What was done": "Was getan wurde",
    "Taken out": "Herausgenommen",
    "Month by month": "Monat für Monat",
    "What was counted": "Was gezählt wurde",
    "Within the standard": "Wie vereinbart",
    "Within the limit": "Innerhalb der Grenze",
    "Share": "Anteil",
    "Nobody knows how many were within the standard": "Niemand weiß, wie viele wie vereinbart waren",
    "{#n} counted": "{n} gezählt",
    "Survey rounds": "Umfragen",
    "Answers": "Antworten",
    "Asked": "Gefragt",
    "Not shown": "Nicht gezeigt",
    "{#n} of {#m} good": "{n}\u00a0von\u00a0{m} gut",
    "Answers of single rounds are not shown, because one has fewer than five": (
        "Antworten einzelner Umfragen werden nicht gezeigt, weil eine weniger als fünf hat"
    ),
    # its months
    "Promised {#n} %": "Zugesagt {n} %",
    "Promised: none": "Zugesagt: keine",
    "Promised: at most {#n}": "Zugesagt: höchstens {n}",
    # its rules
    "What has no data is left out.": "Was keine Daten hat, bleibt außen vor.",
    "What has no data counts as lost.": "Was keine Daten hat, zählt als verloren.",
    "What has no data counts as good.": "Was keine Daten hat, zählt als gut.",
    "The last known state goes on for the agreed time; the rest is left out.": (
        "Der letzte bekannte Stand gilt für die vereinbarte Zeit weiter; der Rest bleibt außen vor."
    ),
    "What has no record is not late.": "Was keinen Eintrag hat, ist nicht zu spät.",
    "We judge as soon as it cannot change the result.": "Wir urteilen, sobald es das Ergebnis nicht mehr ändern kann.",
    "Below {#n} % of data we do not judge; where the result is certain all the same, we say so.": (
        "Unter {n} % Daten urteilen wir nicht; ist das Ergebnis trotzdem sicher, sagen wir es."
    ),
    "Compared exactly; shown with {#n} decimal, rounded down.": (
        "Genau verglichen; mit {n} Nachkommastelle gezeigt, abgerundet."
    ),
    "Compared exactly; shown with {#n} decimals, rounded down.": (
        "Genau verglichen; mit {n} Nachkommastellen gezeigt, abgerundet."
    ),
    # how others would count it
    "Due at the next opening": "Fällig bei der nächsten Öffnung",
    "Time used up exactly at closing is due at that closing.": (
        "Was genau bei Schluss aufgebraucht ist, ist bei diesem Schluss fällig."
    ),
    "It is due at the next opening.": "Es ist bei der nächsten Öffnung fällig.",
    "Pauses in clock time": "Pausen nach der Uhr",
    "A pause moves the due instant by its service time; outside service hours it moves nothing.": (
        "Eine Pause verschiebt die Fälligkeit um ihre Servicezeit; außerhalb der Servicezeit verschiebt sie nichts."
    ),
    "A pause moves the due instant by its whole length on the clock.": (
        "Eine Pause verschiebt die Fälligkeit um ihre ganze Länge nach der Uhr."
    ),
    "Ordinary rounding": "Übliches Runden",
    "Shown rounded toward failure: down where more is better.": (
        "Zum Schlechteren gerundet gezeigt: abgerundet, wo mehr besser ist."
    ),
    "Rounded half up.": "Ab der Hälfte aufgerundet.",
    "Planned work stays in the denominator": "Geplante Arbeiten bleiben in der Zeit, die zählt",
    "Agreed planned work is taken out of the time that counts.": (
        "Vereinbarte geplante Arbeiten werden aus der Zeit, die zählt, herausgenommen."
    ),
    "Planned work counts as up.": "Geplante Arbeiten zählen als gute Zeit.",
    "No data counts as up": "Ohne Daten zählt als gute Zeit",
    "Time without data is unknown, and left out unless agreed otherwise.": (
        "Zeit ohne Daten ist unbekannt und bleibt außen vor, wenn nichts anderes vereinbart ist."
    ),
    "Time without data counts as up.": "Zeit ohne Daten zählt als gute Zeit.",
    "No data counts as down": "Ohne Daten zählt als Ausfall",
    "Time without data is unknown; without any data there is no figure.": (
        "Zeit ohne Daten ist unbekannt; ganz ohne Daten gibt es keine Zahl."
    ),
    "Time without data counts as down; without any data the figure is 0 %.": (
        "Zeit ohne Daten zählt als Ausfall; ganz ohne Daten ist die Zahl 0 %."
    ),
    "Counting starts with the first data": "Gezählt wird ab den ersten Daten",
    "Counting starts with the period, or with the day on which the service or its agreement starts.": (
        "Gezählt wird ab dem Beginn der Zeit, oder ab dem Tag, an dem Service oder Vereinbarung beginnen."
    ),
    "Counting starts with the first thing that was recorded.": "Gezählt wird ab dem ersten Eintrag.",
    "A running month against the whole month": "Ein laufender Monat gegen den ganzen",
    "So far: what was lost against the time that has passed.": (
        "Bisher: was verloren ging, gegen die Zeit, die vergangen ist."
    ),
    "At the end of the month if nothing else happens: what was lost against the whole month.": (
        "Am Ende des Monats, wenn nichts mehr geschieht: was verloren ging, gegen den ganzen Monat."
    ),
    # what is poorer until something is known
    "Until then what is ordered for the peak is a guess.": "Bis dahin ist geraten, was für die Spitze bestellt wird.",
    "Until then nobody can tell in money what an outage costs.": (
        "Bis dahin kann niemand in Geld sagen, was ein Ausfall kostet."
    ),
    "Until then questions about it go to nobody in particular.": (
        "Bis dahin gehen Fragen dazu an niemanden im Besonderen."
    ),
    "Until then nobody can tell which work stops with it.": (
        "Bis dahin kann niemand sagen, welche Arbeit mit ihm stillsteht."
    ),
    # what a corrected edition says otherwise
    "{#n} min, {#m} counted": "{n} min, {m} gezählt",
}
