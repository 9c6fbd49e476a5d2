import { hour } from './time.ts';

/** The parameters of the invented company. Amounts are US dollars at the default size of 5,000 customers in 24 months. */

export const genotypes = ['MM', 'MZ', 'MS', 'ZZ', 'SZ', 'SS'] as const;
export type Genotype = (typeof genotypes)[number];
/** Mix among the tested: people come with symptoms or a family history, so the rare types are over-represented. */
export const genotypeShares = [0.515, 0.285, 0.08, 0.055, 0.048, 0.017];

export interface GenotypeTraits {
  /** Chance to subscribe after the result. */
  subscribes: number;
  /** Monthly hazard of giving notice, before what the customer does multiplies it. */
  leaves: number;
  /** Chance to ask for counselling after the result, before the increase of the last months. */
  asksCounselor: number;
}
export const traits: Record<Genotype, GenotypeTraits> = {
  MM: { subscribes: 0.21, leaves: 0.0145, asksCounselor: 0.26 },
  MZ: { subscribes: 0.58, leaves: 0.082, asksCounselor: 0.52 },
  MS: { subscribes: 0.32, leaves: 0.024, asksCounselor: 0.34 },
  ZZ: { subscribes: 0.86, leaves: 0.007, asksCounselor: 0.84 },
  SZ: { subscribes: 0.8, leaves: 0.011, asksCounselor: 0.76 },
  SS: { subscribes: 0.5, leaves: 0.018, asksCounselor: 0.5 },
};

export interface Channel {
  id: string;
  name: string;
  isPaid: boolean;
  /** Spend in a year. */
  spend: number;
  /** Weight as the first touch of a customer's journey, as a later one, and among visitors who never sign up. */
  opens: number;
  closes: number;
  visitors: number;
  /** Multiplies the chance to subscribe. */
  quality: number;
  /** Multiplies the hazard of leaving. */
  leaves: number;
  /** Dollars for a click and impressions for a click; null where the channel reports none. */
  click: number | null;
  impressions: number | null;
  medium: string;
  campaigns: readonly string[];
}

export const channels: readonly Channel[] = [
  {
    id: 'google_ads',
    name: 'Google Ads',
    isPaid: true,
    spend: 200_000,
    opens: 0.3,
    closes: 0.24,
    visitors: 0.24,
    quality: 1.05,
    leaves: 1,
    click: 4,
    impressions: 28,
    medium: 'cpc',
    campaigns: ['alpha1_symptoms', 'brand_search', 'copd_awareness'],
  },
  {
    id: 'facebook',
    name: 'Facebook',
    isPaid: true,
    spend: 150_000,
    opens: 0.11,
    closes: 0.03,
    visitors: 0.4,
    quality: 0.5,
    leaves: 1.7,
    click: 0.9,
    impressions: 70,
    medium: 'paid_social',
    campaigns: ['know_your_risk', 'family_video', 'lookalike_us'],
  },
  {
    id: 'content_marketing',
    name: 'Content marketing',
    isPaid: false,
    spend: 38_000,
    opens: 0.2,
    closes: 0.12,
    visitors: 0.08,
    quality: 1.45,
    leaves: 0.75,
    click: 1.3,
    impressions: 6,
    medium: 'article',
    campaigns: ['carrier_guide', 'patient_stories'],
  },
  {
    id: 'email',
    name: 'E-mail',
    isPaid: false,
    spend: 12_000,
    opens: 0.02,
    closes: 0.18,
    visitors: 0.02,
    quality: 1.1,
    leaves: 0.95,
    click: 0.5,
    impressions: 12,
    medium: 'email',
    campaigns: ['newsletter', 'abandoned_order'],
  },
  {
    id: 'referral',
    name: 'Referral programme',
    isPaid: false,
    spend: 18_000,
    opens: 0.11,
    closes: 0.05,
    visitors: 0.02,
    quality: 1.35,
    leaves: 0.7,
    click: 2,
    impressions: null,
    medium: 'referral',
    campaigns: ['family_invite'],
  },
  {
    id: 'partnerships',
    name: 'Partnerships',
    isPaid: true,
    spend: 26_000,
    opens: 0.08,
    closes: 0.04,
    visitors: 0.02,
    quality: 1.2,
    leaves: 0.85,
    click: null,
    impressions: null,
    medium: 'partner',
    campaigns: ['foundation_2', 'pulmonology_clinics'],
  },
  {
    id: 'organic_search',
    name: 'Organic search',
    isPaid: false,
    spend: 5_000,
    opens: 0.12,
    closes: 0.13,
    visitors: 0.12,
    quality: 1.1,
    leaves: 0.9,
    click: 0.25,
    impressions: 30,
    medium: 'organic',
    campaigns: ['seo'],
  },
  {
    id: 'direct',
    name: 'Direct',
    isPaid: false,
    spend: 0,
    opens: 0.04,
    closes: 0.19,
    visitors: 0.06,
    quality: 1,
    leaves: 1,
    click: null,
    impressions: null,
    medium: 'none',
    campaigns: [],
  },
  {
    id: 'podcast',
    name: 'Podcasts',
    isPaid: true,
    spend: 26_000,
    opens: 0.04,
    closes: 0.01,
    visitors: 0.03,
    quality: 0.95,
    leaves: 1.05,
    click: null,
    impressions: null,
    medium: 'audio',
    campaigns: ['breathe_easy', 'rare_talks'],
  },
  {
    id: 'webinars',
    name: 'Webinars',
    isPaid: true,
    spend: 18_000,
    opens: 0.03,
    closes: 0.02,
    visitors: 0.01,
    quality: 1.3,
    leaves: 0.8,
    click: 6,
    impressions: 15,
    medium: 'event',
    campaigns: ['ask_a_geneticist'],
  },
];

export interface Payer {
  name: string;
  type: 'commercial_insurance' | 'medicare' | 'medicaid';
  /** Share of all customers. */
  share: number;
  /** Paid for a test before and since the payer's newest contract. */
  rates: readonly [number, number];
  /** Months before the end of the data at which the newest contract began. */
  renewed: number;
}
export const payers: readonly Payer[] = [
  { name: 'Anthem', type: 'commercial_insurance', share: 0.57, rates: [450, 450], renewed: 11 },
  { name: 'UnitedHealthcare', type: 'commercial_insurance', share: 0.07, rates: [395, 410], renewed: 8 },
  { name: 'Aetna', type: 'commercial_insurance', share: 0.05, rates: [380, 395], renewed: 14 },
  { name: 'Cigna', type: 'commercial_insurance', share: 0.04, rates: [425, 420], renewed: 10 },
  { name: 'Medicare', type: 'medicare', share: 0.08, rates: [255, 262], renewed: 11 },
  { name: 'Medicaid', type: 'medicaid', share: 0.05, rates: [195, 205], renewed: 16 },
];

export const prices = { test: 279, kit: 39, rebilledTest: 149, billedTest: 650 };

export interface Plan {
  id: string;
  name: string;
  month: number;
  quarter: number;
  year: number;
  weight: number;
}
export const plans: readonly Plan[] = [
  { id: 'essential', name: 'Essential', month: 29, quarter: 78, year: 290, weight: 0.42 },
  { id: 'plus', name: 'Plus', month: 49, quarter: 135, year: 490, weight: 0.43 },
  { id: 'family', name: 'Family', month: 34, quarter: 93, year: 340, weight: 0.15 },
];
/** Prices rise by this factor, this many months before the end; customers follow with their next period. */
export const priceRise = { factor: 1.1, monthsAgo: 9 };

export interface Lab {
  name: string;
  share: number;
  /** Business days from sending to result: mean and standard deviation. */
  days: number;
  spread: number;
  /** Mean that it slides to over the last three months. */
  slidesTo?: number;
  zone: string;
  /** Hours behind UTC in winter. */
  offset: number;
  /** Local time in milliseconds since midnight. */
  cutOff: number;
  penalty: number;
  cap: number;
  accuracy: number;
}
export const labs: readonly Lab[] = [
  {
    name: 'LabCorp',
    share: 0.46,
    days: 9.75,
    spread: 0.5,
    slidesTo: 14,
    zone: 'America/New_York',
    offset: 5,
    cutOff: 17 * hour,
    penalty: 125,
    cap: 20_000,
    accuracy: 0.991,
  },
  {
    name: 'Quest Diagnostics',
    share: 0.33,
    days: 6.6,
    spread: 1.3,
    zone: 'America/New_York',
    offset: 5,
    cutOff: 18 * hour,
    penalty: 100,
    cap: 15_000,
    accuracy: 0.996,
  },
  {
    name: 'Mayo Clinic Laboratories',
    share: 0.21,
    days: 7.4,
    spread: 1.1,
    zone: 'America/Chicago',
    offset: 6,
    cutOff: 16.5 * hour,
    penalty: 150,
    cap: 12_000,
    accuracy: 0.999,
  },
];
export const slaDays = 10;

/** Sign-ups by month of the year and day of the week (from Sunday), around 1. */
export const monthSeason = [1.08, 1.02, 1.04, 1, 0.98, 0.96, 0.93, 0.96, 1.02, 1.04, 1.06, 0.91];
export const weekdaySeason = [0.72, 1.18, 1.16, 1.12, 1.08, 1, 0.74];

/** Sign-ups grow slowly, then by this factor in the last months; requests for counselling grow by more than tests. */
export const growth = { before: 0.75, last: 2.35, monthsAgo: 7, doneMonthsAgo: 1, counseling: 1.9 };

export const counseling = {
  /** Share of their time that counselors are booked for before demand grows. */
  utilization: 0.62,
  lateHireMonthsAgo: 4,
  sessionsPerWeek: 15,
  minutes: 45,
  /** Longest wait in days that management accepts before it pays for overtime: first, and at the end. */
  patience: [5, 14],
};
