-- Up Migration

-- Logarithm of the gamma function of a number above 0: Stirling's series, after a shift to where it is exact to 1e-15.
create function reporting.log_gamma(x double precision) returns double precision language plpgsql immutable strict parallel safe as $$
declare
  shift double precision := 0;
begin
  while x < 15 loop
    shift := shift + ln(x);
    x := x + 1;
  end loop;
  return (x - 0.5) * ln(x) - x + ln(2 * pi()) / 2
    + 1 / (12 * x) - 1 / (360 * x ^ 3) + 1 / (1260 * x ^ 5) - 1 / (1680 * x ^ 7) - shift;
end $$;

-- Share of the regularised incomplete beta function from 0 to x: Lentz's continued fraction (Numerical Recipes, 6.4), from
-- the side on which it converges fast.
create function reporting.incomplete_beta(x double precision, a double precision, b double precision)
  returns double precision language plpgsql immutable strict parallel safe as $$
declare
  tiny constant double precision := 1e-300;
  c double precision := 1;
  d double precision;
  fraction double precision;
  term double precision;
  factor double precision;
begin
  if x <= 0 or x >= 1 then
    return case when x <= 0 then 0 else 1 end;
  elsif x > (a + 1) / (a + b + 2) then
    return 1 - reporting.incomplete_beta(1 - x, b, a);
  end if;
  d := 1 - (a + b) * x / (a + 1);
  d := 1 / case when abs(d) < tiny then tiny else d end;
  fraction := d;
  for m in 1..1000 loop
    for half in 0..1 loop
      term := case half
        when 0 then m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      end;
      d := 1 + term * d;
      d := 1 / case when abs(d) < tiny then tiny else d end;
      c := 1 + term / c;
      c := case when abs(c) < tiny then tiny else c end;
      factor := c * d;
      fraction := fraction * factor;
    end loop;
    exit when abs(factor - 1) < 1e-15;
  end loop;
  return exp(
    a * ln(x) + b * ln(1 - x) - ln(a) + reporting.log_gamma(a + b) - reporting.log_gamma(a) - reporting.log_gamma(b)
  ) * fraction;
end $$;

-- The value that Student's t with any number of degrees of freedom above 0 stays below with a probability of 0 < p < 1.
-- Right of 0 the distribution bends down only, so Newton's steps from there come nearer from one side and cannot miss.
create function reporting.student_t_quantile(p double precision, degrees double precision)
  returns double precision language plpgsql immutable strict parallel safe as $$
declare
  tail constant double precision := least(p, 1 - p);
  scale double precision;
  t double precision := 0;
  step double precision;
begin
  if tail <= 0 or degrees <= 0 then
    raise exception 'Student''s t has no quantile for a probability of % and % degrees of freedom', p, degrees;
  end if;
  scale := exp(reporting.log_gamma((degrees + 1) / 2) - reporting.log_gamma(degrees / 2)) / sqrt(degrees * pi());
  for i in 1..200 loop
    step := (reporting.incomplete_beta(degrees / (degrees + t ^ 2), degrees / 2, 0.5) / 2 - tail)
      / (scale * (1 + t ^ 2 / degrees) ^ (-(degrees + 1) / 2));
    t := t + step;
    exit when abs(step) <= 1e-13 * (1 + t);
  end loop;
  return case when p < 0.5 then -t else t end;
end $$;

-- Welch's 95% interval of the difference between two means (the first less the second), whose spreads may differ: side is -1
-- for the lower bound, 1 for the upper one, 0 for the difference itself. Null with fewer than two numbers on a side.
create function reporting.welch_bound(numbers double precision[], against double precision[], side int)
  returns double precision language sql immutable strict parallel safe
  return (
    select s.difference + case when s.a + s.b = 0 then 0
      else side * sqrt(s.a + s.b) * reporting.student_t_quantile(
        0.975, (s.a + s.b) ^ 2 / (s.a ^ 2 / (s.m - 1) + s.b ^ 2 / (s.n - 1))
      ) end
    from (
      select x.mean - y.mean as difference, x.variance / x.n as a, y.variance / y.n as b, x.n as m, y.n as n
      from (select avg(v) as mean, var_samp(v) as variance, count(*) as n from unnest(numbers) v) x
      cross join (select avg(v) as mean, var_samp(v) as variance, count(*) as n from unnest(against) v) y
    ) s
  );

-- Down Migration

drop function reporting.welch_bound, reporting.student_t_quantile, reporting.incomplete_beta, reporting.log_gamma;
