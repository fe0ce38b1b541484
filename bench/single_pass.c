/* The limit: one pass over sorted intervals in memory, for each target with two pointers. Compiled when the benchmark runs.

   Pieces of target t are those from first[t] to first[t + 1], sorted by their start; openings are those of its clock. */
#include <stdint.h>

typedef struct {
    const int64_t *first, *start, *end;
} pieces;

static int64_t inside(const pieces *hours, int64_t *at, int64_t last, int64_t start, int64_t end) {
    int64_t seconds = 0;
    while (*at < last && hours->end[*at] <= start) ++*at;
    for (int64_t opening = *at; opening < last && hours->start[opening] < end; ++opening) {
        int64_t from = hours->start[opening] > start ? hours->start[opening] : start;
        int64_t until = hours->end[opening] < end ? hours->end[opening] : end;
        seconds += until - from;
    }
    return seconds;
}

/* Service seconds of the union of one or two sorted lists of pieces. */
static int64_t united(const pieces *hours, int64_t clock, const pieces *one, const pieces *other, int64_t target) {
    int64_t at = hours->first[clock], last = hours->first[clock + 1], seconds = 0, reach = INT64_MIN;
    int64_t a = one->first[target], a_end = one->first[target + 1];
    int64_t b = other ? other->first[target] : 0, b_end = other ? other->first[target + 1] : 0;
    while (a < a_end || b < b_end) {
        int is_one = b >= b_end || (a < a_end && one->start[a] <= other->start[b]);
        int64_t start = is_one ? one->start[a] : other->start[b];
        int64_t end = is_one ? one->end[a++] : other->end[b++];
        if (start < reach) start = reach;
        if (end > start) seconds += inside(hours, &at, last, start, end);
        if (end > reach) reach = end;
    }
    return seconds;
}

void single_pass(int64_t targets, const int64_t *clock, const int64_t *service, const pieces *hours,
                 const pieces *works, const pieces *outages, int64_t *counted, int64_t *lost) {
    for (int64_t target = 0; target < targets; ++target) {
        int64_t worked = united(hours, clock[target], works, 0, target);
        counted[target] = service[clock[target]] - worked;
        lost[target] = united(hours, clock[target], works, outages, target) - worked;
    }
}
