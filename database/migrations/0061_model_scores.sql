-- Up Migration

-- Average precision, the area under the precision-recall curve: precision at each distinct probability, weighted by the recall
-- that it adds. Null without events.
create function reporting.average_precision(probabilities double precision[], events boolean[])
  returns double precision language sql immutable parallel safe
  return (
    select sum(ranked.found * ranked.found_so_far / ranked.rows_so_far) / nullif(sum(ranked.found), 0)
    from (
      select count(*) filter (where given.event)::double precision as found,
        sum(count(*) filter (where given.event)) over (order by given.probability desc) as found_so_far,
        sum(count(*)) over (order by given.probability desc) as rows_so_far
      from unnest(probabilities, events) as given (probability, event)
      group by given.probability
    ) ranked
  );

-- Share of events in the tenth of rows with the highest probabilities (rounded down) / the share in all; of equal
-- probabilities at its border each counts in part. Null under 10 rows and without events.
create function reporting.top_decile_lift(probabilities double precision[], events boolean[])
  returns double precision language sql immutable parallel safe
  return (
    select sum(ranked.found * least(greatest(floor(ranked.total / 10) - ranked.rows_before, 0), ranked.tied) / ranked.tied)
      / nullif(floor(max(ranked.total) / 10), 0) / nullif(sum(ranked.found) / max(ranked.total), 0)
    from (
      select count(*) filter (where given.event)::double precision as found, count(*)::double precision as tied,
        (sum(count(*)) over (order by given.probability desc) - count(*))::double precision as rows_before,
        sum(count(*)) over ()::double precision as total
      from unnest(probabilities, events) as given (probability, event)
      group by given.probability
    ) ranked
  );

-- Down Migration

drop function reporting.average_precision, reporting.top_decile_lift;
