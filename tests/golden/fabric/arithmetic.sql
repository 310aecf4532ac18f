-- select id, n + 2, n - 3, n * 4, -n from events
select
  [events].[id],
  ([events].[n] + 2) as [+],
  ([events].[n] - 3) as [-],
  ([events].[n] * 4) as [*],
  (-[events].[n]) as [-_1]
from [events]

-- select id, n / 4, n / 2.0, x / 3, amount / 2 from events
select
  [events].[id],
  (cast([events].[n] as float) / 4) as [/],
  (cast([events].[n] as float) / 2.0) as [/_1],
  (cast([events].[x] as float) / 3) as [/_2],
  (cast([events].[amount] as float) / 2) as [/_3]
from [events]

-- select id, n / 0 as by_zero, x / 0.0 as x_by_zero, 0 / 0 as nan from events
select
  [events].[id],
  (cast([events].[n] as float) / nullif(cast(0 as float), 0)) as [by_zero],
  (cast([events].[x] as float) / nullif(cast(0.0 as float), 0)) as [x_by_zero],
  (cast(0 as float) / nullif(cast(0 as float), 0)) as [nan]
from [events]

-- select id, 1 / round(x / 1000) as rounded, x / ceil(x / 1000) as up, -1 / trunc(x / 1000), 1 / (x * 0) from events
select
  [events].[id],
  (cast(1 as float) / nullif(cast(round((cast([events].[x] as float) / 1000), 0) as float), 0)) as [rounded],
  (cast([events].[x] as float) / nullif(cast(ceiling((cast([events].[x] as float) / 1000)) as float), 0)) as [up],
  (cast(-1 as float) / nullif(cast(round((cast([events].[x] as float) / 1000), 0, 1) as float), 0)) as [/],
  (cast(1 as float) / nullif(cast(([events].[x] * 0) as float), 0)) as [/_1]
from [events]

-- select id, (x / 0 - x / 0) / 0 as nan, n / round(x / 100, 1) from events
select
  [events].[id],
  (cast(((cast([events].[x] as float) / nullif(cast(0 as float), 0)) - (cast([events].[x] as float) / nullif(cast(0 as float), 0))) as float) / nullif(cast(0 as float), 0)) as [nan],
  (cast([events].[n] as float) / nullif(cast(round((cast([events].[x] as float) / 100), 1) as float), 0)) as [/]
from [events]

-- select id, coalesce(round(x / 0, -1), 0) as tens, round(x / 0, 1), round(x / 0) from events
select
  [events].[id],
  coalesce(round((cast([events].[x] as float) / nullif(cast(0 as float), 0)), -1), 0) as [tens],
  round((cast([events].[x] as float) / nullif(cast(0 as float), 0)), 1) as [round],
  round((cast([events].[x] as float) / nullif(cast(0 as float), 0)), 0) as [round_1]
from [events]

-- select id, n / nullif(customer, 0) from events
select
  [events].[id],
  (cast([events].[n] as float) / nullif(cast(nullif([events].[customer], 0) as float), 0)) as [/]
from [events]

-- select id, n / customer as q from events
select
  [events].[id],
  (cast([events].[n] as float) / nullif(cast([events].[customer] as float), 0)) as [q]
from [events]

-- select id, n // 3, n % 3, (n + 100) // 7 from events
select
  [events].[id],
  ([events].[n] / 3) as [//],
  ([events].[n] % 3) as [%],
  (([events].[n] + 100) / 7) as [//_1]
from [events]

-- select id, n % 0, n // 0 from events
select
  [events].[id],
  ([events].[n] % nullif(0, 0)) as [%],
  ([events].[n] / nullif(0, 0)) as [//]
from [events]

-- select id, amount + 1.25, amount * 2, amount - n from events
select
  [events].[id],
  ([events].[amount] + 1.25) as [+],
  ([events].[amount] * 2) as [*],
  ([events].[amount] - [events].[n]) as [-]
from [events]

-- select id, x + n, x - n, x * n from events
select
  [events].[id],
  ([events].[x] + [events].[n]) as [+],
  ([events].[x] - [events].[n]) as [-],
  ([events].[x] * [events].[n]) as [*]
from [events]

-- select id, abs(n), sign(n), sign(x), abs(x) from events
select
  [events].[id],
  abs([events].[n]) as [abs],
  sign([events].[n]) as [sign],
  sign([events].[x]) as [sign_1],
  abs([events].[x]) as [abs_1]
from [events]

-- select id, day + sign(n) as d, sign(n) // 2 as half from events
select
  [events].[id],
  dateadd(day, (sign([events].[n])), [events].[day]) as [d],
  (sign([events].[n]) / 2) as [half]
from [events]

-- select id, round(x), round(x, 1), round(amount, 1), round(amount) from events
select
  [events].[id],
  round([events].[x], 0) as [round],
  round([events].[x], 1) as [round_1],
  round([events].[amount], 1) as [round_2],
  round([events].[amount], 0) as [round_3]
from [events]

-- select id, ceil(x), floor(x), trunc(x), ceil(n), floor(amount) from events
select
  [events].[id],
  ceiling([events].[x]) as [ceil],
  floor([events].[x]) as [floor],
  round([events].[x], 0, 1) as [trunc],
  ceiling([events].[n]) as [ceil_1],
  floor([events].[amount]) as [floor_1]
from [events]

-- select id, round(x + 0.005, 2), round(1.005::double, 2), round(2.675::double, 2), round(x * 100, -1), round(n, -1) from events
select
  [events].[id],
  round(([events].[x] + 0.005), 2) as [round],
  round(cast(1.005 as float), 2) as [round_1],
  round(cast(2.675 as float), 2) as [round_2],
  round(([events].[x] * 100), -1) as [round_3],
  round([events].[n], -1) as [round_4]
from [events]

-- select id, ceil(x / 0), floor(-1 / customer), trunc(n / 0), ceil(x * 1e15) from events
select
  [events].[id],
  ceiling((cast([events].[x] as float) / nullif(cast(0 as float), 0))) as [ceil],
  floor((cast(-1 as float) / nullif(cast([events].[customer] as float), 0))) as [floor],
  round((cast([events].[n] as float) / nullif(cast(0 as float), 0)), 0, 1) as [trunc],
  ceiling(([events].[x] * 1000000000000000e0)) as [ceil_1]
from [events]

-- select id, cast(ceil(amount) - amount as integer), cast(trunc(amount) * 0.5 as integer), trunc(n) from events
select
  [events].[id],
  cast(round((ceiling([events].[amount]) - [events].[amount]), 0) as int) as [cast],
  cast(round((round([events].[amount], 0, 1) * 0.5), 0) as int) as [cast_1],
  round([events].[n], 0, 1) as [trunc]
from [events]

-- select id, isnan(x), isnan(x / 0 - x / 0), isinf(x / 0), isfinite(x / 0), isfinite(x) from events
-- refused: isnan(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: isnan(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: isinf(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: isfinite(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: isfinite(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select id, sqrt(abs(n)), exp(x / 10), ln(abs(n) + 1), log10(abs(n) + 1), log(abs(n) + 1), log2(abs(n) + 1) from events
select
  [events].[id],
  sqrt(abs([events].[n])) as [sqrt],
  exp((cast([events].[x] as float) / 10)) as [exp],
  log((abs([events].[n]) + 1)) as [ln],
  log10((abs([events].[n]) + 1)) as [log10],
  log10((abs([events].[n]) + 1)) as [log],
  (log((abs([events].[n]) + 1)) / log(2)) as [log2]
from [events]

-- select id, pow(x, 2), x ^ 2, n ** 2 from events
select
  [events].[id],
  power(cast([events].[x] as float), 2) as [pow],
  power(cast([events].[x] as float), 2) as [^],
  power(cast([events].[n] as float), 2) as [**]
from [events]

-- select id, greatest(n, id, 3), least(n, id), greatest(x, 0.5) from events
select
  [events].[id],
  greatest([events].[n], [events].[id], 3) as [greatest],
  least([events].[n], [events].[id]) as [least],
  greatest([events].[x], 0.5) as [greatest_1]
from [events]

-- select id, n & 3, n | 4, xor(n, 1) from events where n >= 0
select
  [events].[id],
  ([events].[n] & 3) as [&],
  ([events].[n] | 4) as [|],
  ([events].[n] ^ 1) as [xor]
from [events]
where [events].[n] >= 0
