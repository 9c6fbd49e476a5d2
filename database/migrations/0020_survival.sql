-- Up Migration

create aggregate reporting.product(double precision) (sfunc = float8mul, stype = double precision, initcond = '1');

-- Kaplan-Meier: the shortest duration within which the given share of all has had its event, where some are only known to
-- have lasted for their duration without it (is_event false). Null while the curve has not come that far. At a tie events
-- come first; the margin keeps a curve that meets the share exactly from missing it by a rounding error.
create function reporting.survival_quantile(durations double precision[], is_event boolean[], share double precision)
  returns double precision language sql immutable parallel safe
  return (
    select min(curve.duration)
    from (
      select step.duration, step.events,
        reporting.product(1 - step.events::double precision / step.at_risk) over (order by step.duration) as surviving
      from (
        select given.duration, count(*) filter (where given.is_event) as events,
          sum(count(*)) over (order by given.duration desc) as at_risk
        from unnest(durations, is_event) as given (duration, is_event)
        where given.duration is not null
        group by given.duration
      ) step
    ) curve
    where curve.events > 0 and curve.surviving <= 1 - share + 1e-9
  );

-- Down Migration

drop function reporting.survival_quantile;
drop aggregate reporting.product(double precision);
