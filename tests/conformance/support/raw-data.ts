import type { Fraction } from './decimal.ts';
import type { Day, Instant, Zone } from './zone.ts';

/** The tables that the views are made of, row by row, as an oracle reads them. */
export interface RawData {
  zone: Zone;
  currency: string;
  /** The newest as-of instant. */
  asOf: Instant;
  rates: { currency: string; day: Day; rate: Fraction }[];
  customers: Customer[];
  history: FormerAttributes[];
  subscriptions: Subscription[];
  terms: Terms[];
  payments: Payment[];
  refunds: Refund[];
  activity: { customer: string; at: Instant; activity: string; session: string | null; seconds: number | null }[];
  touches: Touch[];
  channels: { channel: string; isPaid: boolean }[];
  spend: Spend[];
  attributionRuns: { day: string; snapshotAt: Instant }[];
  channelReturns: ChannelReturn[];
  campaigns: { channel: string; name: string; status: string }[];
  contracts: Contract[];
  calendars: { id: string; weekdays: number[]; holidays: Day[] }[];
  orders: Order[];
  proficiency: { labName: string; day: Day; samples: number; correct: number }[];
  alerts: Alert[];
  churnRuns: ChurnRun[];
  predictions: Prediction[];
  featureBins: FeatureBin[];
  runBins: RunBin[];
  forecastRuns: { day: string; snapshotAt: Instant }[];
  forecasts: Forecast[];
  staffing: Staffing[];
  health: HealthSample[];
  ledger: LedgerEntry[];
  claims: Claim[];
  populations: { region: string; year: number; people: number; states: string[] | null }[];
  surveys: { customer: string | null; survey: string; at: Instant; score: number }[];
  partners: { kind: string; startedOn: Day; endedOn: Day | null }[];
  payers: { name: string; type: string }[];
  tables: RawTable[];
  monthCloses: { month: string; asOf: Instant }[];
  monthFigures: { month: string; figure: string; amount: Fraction }[];
  queries: AuditedQuery[];
  leaders: { user: string; since: Day; until: Day | null }[];
  counselors: Counselor[];
  availability: Span[];
  timeOff: Span[];
  counseling: CounselingRequest[];
  counselingTarget: { waitDays: number }[];
  tickets: Ticket[];
  supportTargets: { priority: string; responseHours: number; resolutionDays: number }[];
  payerValueRuns: { day: string; snapshotAt: Instant; priceYear: number | null }[];
  payerValues: PayerValue[];
  payerBalance: PayerBalance[];
  retentionRuns: { day: string; snapshotAt: Instant }[];
  retentionIntervals: RetentionInterval[];
}

export interface Attributes {
  genotype: string | null;
  payerType: string | null;
  state: string | null;
}

export interface Customer extends Attributes {
  id: string;
  createdAt: Instant;
  channel: string | null;
}

export interface FormerAttributes extends Attributes {
  customer: string;
  validUntil: Instant;
}

export interface Subscription {
  id: string;
  customer: string;
  startedAt: Instant;
  trialEndsAt: Instant | null;
  cancelledAt: Instant | null;
  endedAt: Instant | null;
}

export interface Terms {
  subscription: string;
  validFrom: Instant;
  plan: string;
  planName: string;
  unitAmount: Fraction;
  quantity: number;
  discountPercent: Fraction;
  discountAmount: Fraction;
  currency: string;
  interval: 'day' | 'week' | 'month' | 'quarter' | 'year';
  count: number;
}

/** A line of an invoice; a paid invoice without lines has one row without a line. */
export interface Payment {
  invoice: string;
  line: string | null;
  customer: string | null;
  paidAt: Instant | null;
  payer: string | null;
  payerType: string | null;
  source: string | null;
  currency: string;
  amount: Fraction;
  serviceFrom: Day | null;
  serviceTo: Day | null;
}

export interface Refund {
  line: string;
  refundedAt: Instant;
  amount: Fraction;
}

export interface Touch {
  id: string;
  customer: string | null;
  visitor: string | null;
  channel: string;
  campaign: string | null;
  session: string | null;
  at: Instant;
}

export interface Spend {
  channel: string;
  campaign: string | null;
  amount: Fraction;
  currency: string;
  day: Day;
  impressions: number | null;
  clicks: number | null;
}

/** The stored interval of what a channel or campaign brought in. */
export interface ChannelReturn {
  day: string;
  kind: string;
  lookbackDays: number;
  valueDays: number;
  model: string;
  channel: string;
  campaign: string | null;
  low: number;
  high: number;
}

export interface Contract {
  id: string;
  lab: string;
  validFrom: Day;
  calendar: string;
  zone: Zone;
  /** Microseconds past local midnight. */
  cutOff: number;
  days: number;
  share: Fraction;
  penalty: Fraction;
  cap: Fraction | null;
  currency: string;
}

export interface Order {
  id: string;
  lab: string;
  labName: string;
  customer: string;
  orderedAt: Instant;
  collectedAt: Instant | null;
  sentAt: Instant | null;
  receivedAt: Instant | null;
  resultAt: Instant | null;
  rejectedAt: Instant | null;
  cancelledAt: Instant | null;
}

export interface ChurnRun {
  id: number;
  day: string;
  snapshotAt: Instant;
  isPublished: boolean;
  /** Predictions that it says to have made. */
  customers: number | null;
}

export interface Prediction {
  run: number;
  customer: string;
  model: string;
  plan: string | null;
  probability: Fraction;
  mrr: Fraction;
  leavesOn: string | null;
  interval: string | null;
  churned: boolean | null;
  isHeldOut: boolean | null;
}

/** Training rows of a model in a bin of a feature. */
export interface FeatureBin {
  model: string;
  feature: string;
  bin: number;
  rows: number;
}

/** Customers of a scoring in it. */
export interface RunBin {
  run: number;
  feature: string;
  bin: number;
  customers: number;
}

export interface Forecast {
  day: string;
  series: string;
  step: number;
  period: Day;
  method: string;
  value: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
  coverage80: number | null;
  coverage95: number | null;
  coverageN: number;
  mase: number | null;
}

export interface Staffing {
  day: string;
  waitlist: number;
  requests: number;
  present: number;
  needed: number;
  toHire: number;
  waitDays: number | null;
  targetDays: number;
}

/** A row of payer_value_cells; its figures by the names of their columns. */
export interface PayerValue {
  day: string;
  isFull: boolean;
  level: string;
  payer: string | null;
  /** First day of the contract. */
  contract: string | null;
  quarter: string | null;
  suppressed: string[];
  figures: Record<string, number | null>;
}

export interface PayerBalance {
  day: string;
  isFull: boolean;
  payer: string | null;
  covariate: string;
  isSuppressed: boolean;
  smdBefore: number | null;
  smdAfter: number | null;
}

/** The stored interval of a cohort's revenue retention. */
export interface RetentionInterval {
  day: string;
  split: string;
  cohort: string;
  month: string | null;
  period: number;
  low: number | null;
  high: number | null;
}

export interface Alert {
  severity: string;
  type: string;
  team: string | null;
  entityType: string | null;
  entity: string | null;
  createdAt: Instant;
  acknowledgedAt: Instant | null;
  resolvedAt: Instant | null;
  /** In the order of their instants. */
  events: { kind: string; at: Instant }[];
}

export interface HealthSample {
  component: string;
  at: Instant;
  /** Until the next one is expected. */
  seconds: number;
  isUp: boolean;
  requests: number;
  errors: number;
  latencies: number[];
  activeUsers: number;
  connections: number;
  connectionsMax: number;
}

export interface LedgerEntry {
  day: Day;
  category: string;
  activity: string;
  costClass: string | null;
  product: 'tests' | 'subscriptions' | 'shared' | null;
  amount: Fraction;
  currency: string;
}

export interface Claim {
  test: string;
  payer: string;
  adjudicatedAt: Instant | null;
  status: string;
  /** What was paid. */
  amount: Fraction;
  currency: string;
}

export interface AuditedQuery {
  at: Instant;
  user: string;
  roles: string[];
  source: string;
  action: string;
  view: string | null;
  status: number;
  ms: number;
}

export interface Counselor {
  id: string;
  name: string;
  mostSessions: number;
  sessionMinutes: number;
  hiredOn: Day;
  leftOn: Day | null;
}

/** Some of a counselor's time. */
export interface Span {
  counselor: string;
  from: Instant;
  to: Instant;
}

export interface Ticket {
  customer: string | null;
  openedAt: Instant;
  answeredAt: Instant | null;
  resolvedAt: Instant | null;
  priority: string;
  category: string;
  contacts: number;
  csat: number | null;
}

export interface CounselingRequest {
  customer: string;
  counselor: string | null;
  requestedAt: Instant;
  scheduledAt: Instant | null;
  bookedMinutes: number | null;
  startedAt: Instant | null;
  endedAt: Instant | null;
  cancelledAt: Instant | null;
  isMissed: boolean;
  satisfaction: number | null;
}

/** Any table of the data contract, with as much of its rows as says whether they are sound. */
export interface RawTable {
  name: string;
  domain: string;
  nullable: string[];
  references: string[];
  freshHours: number | null;
  /** Whether its rows are dated by days. */
  isByDay: boolean;
  rows: {
    /** The day or the instant that it happened. Null: it has no date. */
    at: number | null;
    /** For each column that may be null, 1 where it is. */
    nulls: string;
    /** For each reference: - refers to nothing, 1 to a row, 0 to none. */
    refs: string;
  }[];
}
