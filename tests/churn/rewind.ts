import type pg from 'pg';

/**
 * Takes a database back to what it held at an instant: rows that came later are gone, columns that were filled in later
 * are empty again, and attributes have the values of then.
 */
export async function rewind(client: pg.Client, instant: string): Promise<void> {
  const later = [
    'update customers c set genotype = h.genotype, payer_type = h.payer_type, state = h.state, payer_id = null from (select distinct on (customer_id) * from customer_history where valid_until > $1 order by customer_id, valid_until) h where h.customer_id = c.id',
    'delete from customer_history where valid_until > $1',
    'delete from user_activity_logs where "timestamp" > $1',
    'delete from email_messages where sent_at > $1',
    'update email_messages set clicked_at = null where clicked_at > $1',
    'update email_messages set opened_at = null where opened_at > $1',
    'delete from support_tickets where opened_at > $1',
    'update support_tickets set resolved_at = null, csat = null where resolved_at > $1',
    'delete from survey_responses where answered_at > $1',
    'delete from genetic_counseling_sessions where requested_at > $1',
    'update genetic_counseling_sessions set started_at = null, ended_at = null, satisfaction = null where started_at > $1',
    'update genetic_counseling_sessions set ended_at = null, satisfaction = null where ended_at > $1',
    'update genetic_counseling_sessions set no_show = false where scheduled_at > $1',
    'update genetic_counseling_sessions set cancelled_at = null where cancelled_at > $1',
    'delete from payment_attempts where attempted_at > $1',
    'delete from refunds where refunded_at > $1',
    'delete from invoices where issued_at > $1',
    'update invoices set paid_at = null where paid_at > $1',
    'delete from subscriptions where started_at > $1',
    'delete from subscription_terms where valid_from > $1',
    // An end that lies ahead is known once notice has been given.
    'update subscriptions set ended_at = null where ended_at > $1 and (cancelled_at is null or cancelled_at > $1)',
    'update subscriptions set cancelled_at = null where cancelled_at > $1',
  ];
  await client.query('begin');
  await client.query('alter table customers disable trigger user');
  // Refunds and lines go with their invoices.
  await client.query(
    'delete from refunds where invoice_line_id in (select l.id from invoice_lines l join invoices i on i.id = l.invoice_id where i.issued_at > $1)',
    [instant],
  );
  for (const sql of later) await client.query(sql, [instant]);
  await client.query('alter table customers enable trigger user');
  await client.query('commit');
}

/** Adds to every table, for every customer, what could come after an instant. */
export async function addLaterRows(client: pg.Client, instant: string): Promise<void> {
  const after = `$1::timestamptz + interval '1 microsecond'`;
  const additions = [
    `insert into user_activity_logs (customer_id, "timestamp", activity) select id, ${after}, a from customers, unnest(array['view_results', 'download_app']) a`,
    `insert into email_messages (customer_id, sent_at, opened_at) select id, ${after}, ${after} from customers`,
    `update email_messages set opened_at = ${after} where opened_at is null`,
    `insert into support_tickets (customer_id, opened_at, priority, category, resolved_at, csat) select id, ${after}, 'high', 'billing', ${after}, 1 from customers`,
    `update support_tickets set resolved_at = ${after}, csat = 1 where resolved_at is null`,
    `insert into survey_responses (customer_id, survey, answered_at, score) select id, 'nps', ${after}, 0 from customers`,
    `update genetic_counseling_sessions set started_at = ${after}, ended_at = ${after} + interval '1 hour', satisfaction = 1 where scheduled_at is not null and started_at is null and cancelled_at is null and not no_show`,
    `update invoices set paid_at = ${after} where paid_at is null`,
    `insert into payment_attempts (invoice_id, attempted_at, succeeded) select id, ${after}, false from invoices`,
    `insert into subscription_terms (subscription_id, valid_from, plan_id, unit_amount, billing_interval) select id, ${after}, 'family', 999, 'day' from subscriptions`,
    `update subscriptions set cancelled_at = ${after}, ended_at = ${after} where cancelled_at is null and (ended_at is null or ended_at > ${after})`,
    `insert into subscriptions (id, customer_id, started_at) select gen_random_uuid(), id, ${after} from customers`,
    `insert into invoices (customer_id, issued_at) select id, ${after} from customers`,
    // The triggers keep what held until now, which is later than the instant.
    `update customers set genotype = 'SS', payer_type = 'self_pay', payer_id = null, state = 'ZZ'`,
  ];
  await client.query('begin');
  for (const sql of additions) await client.query(sql, sql.includes('$1') ? [instant] : []);
  await client.query('commit');
}
