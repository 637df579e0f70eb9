-- The lower end of the Wilson interval (95 %, z = 1.959964) of a share: of 1 in 2 it is 0.095, of 64 in 314 it is 0.163.
-- Null without cases. Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
create macro wilson_low(hits, cases) as if(
    cases > 0 and hits between 0 and cases,
    greatest(
        0,
        (2 * hits + 3.841458820694124 - 1.959963984540054 * sqrt(3.841458820694124 + 4 * hits * (1 - hits / cases)))
        / (2 * (cases + 3.841458820694124))
    ),
    null
)
