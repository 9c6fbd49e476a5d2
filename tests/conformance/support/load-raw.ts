import pg from 'pg';
import { Fraction } from './decimal.ts';
import { loadTables } from './load-tables.ts';
import type { RawData } from './raw-data.ts';
import { Zone } from './zone.ts';

const instant = (column: string) => `(extract(epoch from ${column}) * 1000000)::bigint::float8`;
const day = (column: string) => `(${column} - date '1970-01-01')`;

/** Columns whose text is an exact decimal. */
const decimals = new Set([
  'rate',
  'unitAmount',
  'discountPercent',
  'discountAmount',
  'amount',
  'share',
  'penalty',
  'cap',
  'probability',
  'mrr',
]);

/** Reads every row that an oracle needs. The queries only fetch and rename: no arithmetic, no joins that drop rows. */
export async function loadRaw(databaseUrl: string): Promise<RawData> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const read = async <T>(columns: Record<string, string>, from: string): Promise<T[]> => {
      const list = Object.entries(columns).map(([name, sql]) => `${sql} as "${name}"`);
      const { rows } = await client.query<Record<string, unknown>>(`select ${list.join(', ')} from ${from}`);
      return rows.map((row) => typed(row)) as T[];
    };
    const [settings] = await read<{ zone: string; currency: string; asOf: number }>(
      { zone: 'time_zone', currency: 'currency', asOf: instant('coalesce(as_of, now())') },
      'reporting.settings',
    );
    if (!settings) throw new Error('reporting.settings is empty');
    const attributes = { genotype: 'genotype', payerType: 'payer_type', state: 'state' };
    const span = { counselor: 'counselor_id::text', from: instant('starts_at'), to: instant('ends_at') };
    const zones = new Map<string, Zone>();
    const zoneOf = (name: string) => zones.get(name) ?? zones.set(name, new Zone(name)).get(name);
    const contracts = await read<Record<string, unknown> & { zone: string }>(
      {
        id: 'id::text',
        lab: 'lab_partner_id::text',
        validFrom: day('valid_from'),
        calendar: 'calendar_id',
        zone: 'time_zone',
        cutOff: '(extract(epoch from cut_off) * 1000000)::bigint::float8',
        days: 'sla_turnaround_days',
        share: 'sla_share::text',
        penalty: 'penalty_per_late_order::text',
        cap: 'penalty_cap_per_month::text',
        currency: 'currency::text',
      },
      'lab_contracts',
    );
    return {
      zone: new Zone(settings.zone),
      currency: settings.currency,
      asOf: settings.asOf,
      rates: await read({ currency: 'currency::text', day: day('day'), rate: 'rate::text' }, 'exchange_rates'),
      customers: await read(
        { id: 'id::text', createdAt: instant('created_at'), channel: 'acquisition_channel', ...attributes },
        'customers',
      ),
      history: await read(
        { customer: 'customer_id::text', validUntil: instant('valid_until'), ...attributes },
        'customer_history',
      ),
      subscriptions: await read(
        {
          id: 'id::text',
          customer: 'customer_id::text',
          startedAt: instant('started_at'),
          trialEndsAt: instant('trial_ends_at'),
          cancelledAt: instant('cancelled_at'),
          endedAt: instant('ended_at'),
        },
        'subscriptions',
      ),
      terms: await read(
        {
          subscription: 'subscription_id::text',
          validFrom: instant('valid_from'),
          plan: 'plan_id',
          planName: '(select name from plans p where p.id = plan_id)',
          unitAmount: 'unit_amount::text',
          quantity: 'quantity',
          discountPercent: 'discount_percent::text',
          discountAmount: 'discount_amount::text',
          currency: 'currency::text',
          interval: 'billing_interval',
          count: 'interval_count',
        },
        'subscription_terms',
      ),
      payments: await read(
        {
          line: 'l.id::text',
          invoice: 'i.id::text',
          customer: 'i.customer_id::text',
          paidAt: instant('i.paid_at'),
          payer: '(select name from payers p where p.id = i.payer_id)',
          payerType: 'i.payer_type',
          source: 'l.revenue_source',
          currency: 'i.currency::text',
          amount: 'coalesce(l.amount, 0)::text',
          serviceFrom: day('l.service_from'),
          serviceTo: day('l.service_to'),
        },
        'invoices i left join invoice_lines l on l.invoice_id = i.id',
      ),
      refunds: await read(
        { line: 'invoice_line_id::text', refundedAt: instant('refunded_at'), amount: 'amount::text' },
        'refunds',
      ),
      activity: await read(
        {
          customer: 'customer_id::text',
          at: instant('"timestamp"'),
          activity: 'activity',
          session: 'session_id',
          seconds: 'duration_seconds',
        },
        'user_activity_logs',
      ),
      touches: await read(
        {
          id: 'id::text',
          customer: 'customer_id::text',
          visitor: 'visitor_id',
          channel: 'source',
          campaign: 'campaign',
          session: 'session_id',
          at: instant('"timestamp"'),
        },
        'marketing_touchpoints',
      ),
      channels: await read({ channel: 'channel', isPaid: 'is_paid' }, 'marketing_channels'),
      spend: await read(
        {
          channel: 'channel',
          campaign: 'campaign_name',
          amount: 'amount::text',
          currency: 'currency::text',
          day: day('date'),
          impressions: 'impressions',
          clicks: 'clicks',
        },
        'marketing_spend',
      ),
      attributionRuns: await read({ day: 'day::text', snapshotAt: instant('snapshot_at') }, 'attribution_runs'),
      channelReturns: await read(
        {
          day: 'day::text',
          kind: 'conversion_kind',
          lookbackDays: 'lookback_days',
          valueDays: 'value_days',
          model: 'model',
          channel: 'channel',
          campaign: 'campaign',
          low: 'revenue_low',
          high: 'revenue_high',
        },
        'channel_returns',
      ),
      campaigns: await read({ channel: 'channel', name: 'name', status: 'status' }, 'marketing_campaigns'),
      contracts: contracts.map((contract) => ({
        ...contract,
        zone: zoneOf(contract.zone),
      })) as unknown as RawData['contracts'],
      calendars: await read(
        {
          id: 'id',
          weekdays: 'weekdays',
          holidays: `array(select ${day('day')} from business_holidays h where h.calendar_id = c.id)`,
        },
        'business_calendars c',
      ),
      orders: await read(
        {
          id: 'o.id::text',
          lab: 'lab_partner_id::text',
          labName: '(select name from lab_partners l where l.id = o.lab_partner_id)',
          customer: 'customer_id::text',
          orderedAt: instant('ordered_at'),
          collectedAt: instant('collected_at'),
          sentAt: instant('sent_to_lab_at'),
          receivedAt: instant('received_at'),
          resultAt: instant('results_received_at'),
          rejectedAt: instant('rejected_at'),
          cancelledAt: instant('cancelled_at'),
        },
        'test_orders o',
      ),
      proficiency: await read(
        {
          labName: '(select name from lab_partners l where l.id = p.lab_partner_id)',
          day: day('tested_on'),
          samples: 'samples',
          correct: 'correct',
        },
        'proficiency_tests p',
      ),
      alerts: await read(
        {
          severity: 'severity',
          type: 'type',
          team: 'team',
          entityType: 'affected_entity_type',
          entity: 'affected_entity_id',
          createdAt: instant('created_at'),
          acknowledgedAt: instant('acknowledged_at'),
          resolvedAt: instant('resolved_at'),
          events: `coalesce((select json_agg(json_build_object('kind', e.kind, 'at', ${instant('e.at')}) order by e.at, e.id)
            from operational_alert_events e where e.alert_id = a.id), '[]')`,
        },
        'operational_alerts a',
      ),
      churnRuns: await read(
        {
          id: 'id::int',
          day: 'day::text',
          snapshotAt: instant('snapshot_at'),
          isPublished: 'published_at is not null',
          customers: 'customers',
        },
        'churn_runs',
      ),
      predictions: await read(
        {
          run: 'run_id::int',
          customer: 'customer_id::text',
          model: 'model_version',
          plan: `features ->> 'plan'`,
          probability: 'churn_probability::text',
          mrr: 'mrr::text',
          leavesOn: 'predicted_churn_date::text',
          interval: `features ->> 'billing_interval'`,
          churned: 'customer_churned',
          isHeldOut: 'is_hold_out',
        },
        'churn_predictions',
      ),
      featureBins: await read(
        { model: 'model_version', feature: 'feature', bin: 'bin', rows: 'training_rows' },
        'churn_feature_bins',
      ),
      runBins: await read(
        { run: 'run_id::int', feature: 'feature', bin: 'bin', customers: 'customers' },
        'churn_run_bins',
      ),
      forecastRuns: await read({ day: 'day::text', snapshotAt: instant('snapshot_at') }, 'forecast_runs'),
      forecasts: await read(
        {
          day: 'day::text',
          series: 'series',
          step: 'step',
          period: day('period'),
          method: 'method',
          value: 'value',
          low80: 'low_80',
          high80: 'high_80',
          low95: 'low_95',
          high95: 'high_95',
          coverage80: 'coverage_80',
          coverage95: 'coverage_95',
          coverageN: 'coverage_n',
          mase: 'mase',
        },
        'forecasts',
      ),
      staffing: await read(
        {
          day: 'day::text',
          waitlist: 'waitlist',
          requests: 'requests',
          present: 'counselors_present::float8',
          needed: 'counselors_needed::float8',
          toHire: 'counselors_to_hire',
          waitDays: 'wait_days',
          targetDays: 'target_wait_days::float8',
        },
        'staffing_forecasts',
      ),
      health: await read(
        {
          component: 'component',
          at: instant('sampled_at'),
          seconds: 'interval_seconds',
          isUp: 'is_up',
          requests: 'requests',
          errors: 'server_errors',
          latencies: 'latency_counts',
          activeUsers: 'active_users',
          connections: 'db_connections',
          connectionsMax: 'db_connections_max',
        },
        'service_health_samples',
      ),
      ledger: await read(
        {
          day: day('booked_on'),
          category: 'category',
          activity: 'activity',
          costClass: 'cost_class',
          product: 'product',
          amount: 'amount::text',
          currency: 'currency::text',
        },
        'ledger_entries',
      ),
      claims: await read(
        {
          test: 'test_order_id::text',
          payer: '(select name from payers p where p.id = payer_id)',
          adjudicatedAt: instant('adjudicated_at'),
          status: 'status',
          amount: 'paid_amount::text',
          currency: 'currency::text',
        },
        'claims',
      ),
      populations: await read(
        { region: 'region', year: 'year', people: 'people_with_aatd', states: 'states' },
        'population_estimates',
      ),
      surveys: await read(
        { customer: 'customer_id::text', survey: 'survey', at: instant('answered_at'), score: 'score' },
        'survey_responses',
      ),
      partners: await read({ kind: 'kind', startedOn: day('started_on'), endedOn: day('ended_on') }, 'partners'),
      payers: await read({ name: 'name', type: 'payer_type' }, 'payers'),
      tables: await loadTables(client),
      monthCloses: await read({ month: 'month::text', asOf: instant('as_of') }, 'month_closes'),
      monthFigures: await read({ month: 'month::text', figure: 'figure', amount: 'value::text' }, 'month_figures'),
      queries: await read(
        {
          at: instant('at'),
          user: 'user_name',
          roles: 'roles',
          source: 'source',
          action: 'action',
          view: 'view',
          status: 'status',
          ms: 'duration_ms',
        },
        'query_audit',
      ),
      leaders: await read({ user: 'user_name', since: day('since'), until: day('until') }, 'leaders'),
      counselors: await read(
        {
          id: 'id::text',
          name: 'name',
          mostSessions: 'max_sessions_per_week',
          sessionMinutes: 'target_session_minutes',
          hiredOn: day('hired_on'),
          leftOn: day('left_on'),
        },
        'counselors',
      ),
      availability: await read(span, 'counselor_availability'),
      timeOff: await read(span, 'counselor_time_off'),
      counseling: await read(
        {
          customer: 'customer_id::text',
          counselor: 'counselor_id::text',
          requestedAt: instant('requested_at'),
          scheduledAt: instant('scheduled_at'),
          bookedMinutes: 'booked_minutes',
          startedAt: instant('started_at'),
          endedAt: instant('ended_at'),
          cancelledAt: instant('cancelled_at'),
          isMissed: 'no_show',
          satisfaction: 'satisfaction',
        },
        'genetic_counseling_sessions',
      ),
      counselingTarget: await read({ waitDays: 'target_wait_days::float8' }, 'staffing_settings'),
      tickets: await read(
        {
          customer: 'customer_id::text',
          openedAt: instant('opened_at'),
          answeredAt: instant("nullif(first_response_at, 'infinity')"),
          resolvedAt: instant('resolved_at'),
          priority: 'priority',
          category: 'category',
          contacts: 'contacts',
          csat: 'csat',
        },
        'support_tickets',
      ),
      supportTargets: await read(
        {
          priority: 'priority',
          responseHours: 'first_response_hours::float8',
          resolutionDays: 'resolution_days::float8',
        },
        'support_targets',
      ),
      payerValueRuns: await read(
        { day: 'day::text', snapshotAt: instant('snapshot_at'), priceYear: 'price_year' },
        'payer_value_runs',
      ),
      payerValues: await read(
        {
          day: 'day::text',
          isFull: 'is_full',
          level: 'level',
          payer: '(select name from payers p where p.id = payer_id)',
          contract: '(select valid_from::text from payer_contracts k where k.id = contract_id)',
          quarter: 'quarter',
          suppressed: 'suppressed',
          figures: 'to_jsonb(v)',
        },
        'payer_value_cells v',
      ),
      payerBalance: await read(
        {
          day: 'day::text',
          isFull: 'is_full',
          payer: '(select name from payers p where p.id = payer_id)',
          covariate: 'covariate',
          isSuppressed: 'is_suppressed',
          smdBefore: 'smd_before',
          smdAfter: 'smd_after',
        },
        'payer_balance_cells',
      ),
      retentionRuns: await read({ day: 'day::text', snapshotAt: instant('snapshot_at') }, 'revenue_retention_runs'),
      retentionIntervals: await read(
        {
          day: 'day::text',
          split: 'split',
          cohort: 'cohort',
          month: 'cohort_month::text',
          period: 'period',
          low: 'retention_low',
          high: 'retention_high',
        },
        'revenue_retention_cells',
      ),
    };
  } finally {
    await client.end();
  }
}

function typed(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      decimals.has(name) && typeof value === 'string' ? Fraction.of(value) : value,
    ]),
  );
}
