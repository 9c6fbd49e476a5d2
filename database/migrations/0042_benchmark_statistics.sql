-- Up Migration

-- Newcombe's 95% interval of the difference of two independent proportions (method 10: from their Wilson intervals); side is
-- -1 for the lower bound and 1 for the upper one.
create function reporting.newcombe_bound(
  successes numeric, trials numeric, other_successes numeric, other_trials numeric, side int
) returns double precision language sql immutable parallel safe
  return case when trials > 0 and other_trials > 0 then
    (successes / trials - other_successes / other_trials)::double precision + side * sqrt(
      (reporting.wilson_bound(successes, trials, side) - (successes / trials)::double precision) ^ 2
      + (reporting.wilson_bound(other_successes, other_trials, -side) - (other_successes / other_trials)::double precision) ^ 2
    )
  end;

-- Two-sided p-value of a standard normal deviate: Numerical Recipes' erfc, relative error below 1.2e-7.
create function reporting.two_sided_p(deviate double precision) returns double precision language sql immutable parallel safe
  return (
    select t * exp(
      -x * x - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (0.27886807
        + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))))
    )
    from (select least(abs(deviate), 37) / sqrt(2) as x) given
    cross join lateral (select 1 / (1 + 0.5 * x) as t) term
  );

-- Down Migration

drop function reporting.newcombe_bound, reporting.two_sided_p;
