-- Up Migration

-- A percentile of latencies in milliseconds from counts as in service_health_samples.latency_counts, summed over any
-- samples: straight through the class that it falls into. The last class has no upper bound, so it gives its lower one.
create function reporting.latency_percentile(counts numeric[], share numeric)
  returns numeric language sql immutable parallel safe
  return (
    select c.lower + coalesce((c.upper - c.lower) * (share * c.total - (c.running - c.requests)) / c.requests, 0)
    from (
      select b.*, sum(b.requests) over (order by b.lower) as running, sum(b.requests) over () as total
      from unnest(
        counts,
        array[0, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000]::numeric[],
        array[5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000]::numeric[]
      ) as b (requests, lower, upper)
    ) c
    where c.requests > 0 and c.running >= share * c.total
    order by c.lower
    limit 1
  );

-- The largest of an object's numbers; null for an object without any.
create function reporting.largest_value(numbers jsonb) returns numeric language sql immutable parallel safe
  return (select max(value::numeric) from jsonb_each_text(numbers));

-- Down Migration

drop function reporting.latency_percentile, reporting.largest_value;
