<?php
// The structure in which Zabbix counts an SLA (CSla.php, by reading): each alarm against each service period of the
// month, and each of these against each excluded downtime; nothing ends early and nothing is stored.
// Reads one line of JSON, [[openings], [downtimes], [alarms]] of each target, then counts once for each further line.

function lost(array $openings, array $downtimes, array $alarms): int {
    $lost = 0;
    foreach ($alarms as [$start, $end]) {
        foreach ($openings as [$opens, $closes]) {
            $from = max($start, $opens);
            $until = min($end, $closes);
            if ($from >= $until) {
                continue;
            }
            $lost += $until - $from;
            foreach ($downtimes as [$begins, $ends]) {
                $lost -= max(0, min($until, $ends) - max($from, $begins));
            }
        }
    }
    return $lost;
}

$targets = json_decode(fgets(STDIN));
while (fgets(STDIN) !== false) {
    $found = [];
    foreach ($targets as [$openings, $downtimes, $alarms]) {
        $found[] = lost($openings, $downtimes, $alarms);
    }
    fwrite(STDOUT, json_encode($found) . "\n");
}
