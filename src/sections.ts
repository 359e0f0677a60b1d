import type { Feature } from '../functions/ground/identity/features.ts';
import type { Role } from '../functions/ground/platform/context.ts';
import type { Messages } from './locale.ts';

/** The rooms of the account and of the console, as their navigation lists them. */
export interface Section {
  name: string;
  path: string;
  label: (t: Messages) => string;
  /** Whether the account that is looked at goes along. */
  keepsAccount?: boolean;
  /** Whether it is shown where there is no room for all. */
  isMain?: boolean;
  /** Who sees it, when not everybody does. */
  roles?: readonly Role[];
  /** What the business has to have set up for it. */
  needs?: Feature;
  /** With which others it is listed, in the console; by itself where none is named. */
  group?: SectionGroup;
}

/** In the sequence in which the console lists them, behind what is shown always. */
export const sectionGroups = ['customers', 'programme', 'data', 'business'] as const;
export type SectionGroup = (typeof sectionGroups)[number];

export const accountSections = [
  { name: 'account', path: '/account', label: (t) => t.nav_overview(), keepsAccount: true, isMain: true },
  { name: 'orders', path: '/account/orders', label: (t) => t.nav_orders(), keepsAccount: true, isMain: true },
  {
    name: 'rewards',
    path: '/account/rewards',
    label: (t) => t.nav_rewards(),
    keepsAccount: true,
    isMain: true,
  },
  {
    name: 'club',
    path: '/account/club',
    label: (t) => t.club_nav(),
    keepsAccount: true,
    isMain: true,
    needs: 'club',
  },
  { name: 'messages', path: '/account/messages', label: (t) => t.nav_inbox(), isMain: true },
  { name: 'settings', path: '/account/settings', label: (t) => t.nav_you(), isMain: true },
] as const satisfies readonly Section[];

/** What is written to the customer, and what they write. */
export const inboxSections = [
  { name: 'messages', path: '/account/messages', label: (t) => t.nav_messages() },
  { name: 'feedback', path: '/account/feedback', label: (t) => t.nav_feedback() },
] as const satisfies readonly Section[];

/** What is about the customer, and with whom they share. */
export const ownSections = [
  { name: 'profile', path: '/account/settings', label: (t) => t.nav_settings() },
  { name: 'friends', path: '/account/friends', label: (t) => t.referral_nav(), needs: 'friends' },
  { name: 'people', path: '/account/people', label: (t) => t.joining_people_title() },
  { name: 'card', path: '/account/card', label: (t) => t.joining_card_title() },
  { name: 'preferences', path: '/account/settings/preferences', label: (t) => t.prefs_title() },
  { name: 'days', path: '/account/settings/days', label: (t) => t.own_days_title() },
  { name: 'devices', path: '/account/settings/devices', label: (t) => t.devices_title() },
  { name: 'data', path: '/account/settings/data', label: (t) => t.data_title() },
] as const satisfies readonly Section[];

export const consoleSections = [
  { name: 'console', path: '/console', label: (t) => t.nav_console(), isMain: true },
  { name: 'console-orders', path: '/console/orders', label: (t) => t.console_orders(), isMain: true },
  {
    name: 'console-till',
    path: '/console/till',
    label: (t) => t.till_title(),
    isMain: true,
    roles: ['owner', 'manager', 'agent'],
  },
  {
    name: 'console-customers',
    path: '/console/customers',
    label: (t) => t.console_customers(),
    isMain: true,
  },
  { name: 'inbox', path: '/console/feedback', label: (t) => t.feedback_console(), isMain: true },
  { name: 'console-contacts', path: '/console/contacts', label: (t) => t.contacts_nav(), group: 'customers' },
  {
    name: 'console-campaigns',
    path: '/console/campaigns',
    label: (t) => t.campaigns_nav(),
    group: 'customers',
  },
  { name: 'console-plans', path: '/console/plans', label: (t) => t.plans_nav(), group: 'customers' },
  { name: 'console-advice', path: '/console/advice', label: (t) => t.advice_title(), group: 'customers' },
  {
    name: 'console-attention',
    path: '/console/attention',
    label: (t) => t.attention_nav(),
    group: 'customers',
  },
  {
    name: 'referrals',
    path: '/console/referrals',
    label: (t) => t.referral_nav_console(),
    group: 'customers',
  },
  { name: 'console-payouts', path: '/console/payouts', label: (t) => t.payouts_nav(), group: 'programme' },
  { name: 'console-credits', path: '/console/credits', label: (t) => t.credits_title(), group: 'programme' },
  {
    name: 'console-programme',
    path: '/console/programme',
    label: (t) => t.nav_console_programme(),
    group: 'programme',
    roles: ['owner', 'manager'],
  },
  {
    name: 'console-joining',
    path: '/console/joining',
    label: (t) => t.joining_desk_title(),
    group: 'customers',
  },
  { name: 'console-sales', path: '/console/sales', label: (t) => t.sales_nav(), group: 'programme' },
  {
    name: 'console-relationships',
    path: '/console/relationships',
    label: (t) => t.relations_title(),
    group: 'customers',
  },
  {
    name: 'console-segments',
    path: '/console/segments',
    label: (t) => t.segments_title(),
    group: 'customers',
  },
  {
    name: 'console-managers',
    path: '/console/managers',
    label: (t) => t.managers_title(),
    group: 'customers',
  },
  { name: 'console-numbers', path: '/console/numbers', label: (t) => t.numbers_title(), group: 'customers' },
  { name: 'console-hits', path: '/console/hits', label: (t) => t.hits_title(), group: 'data' },
  {
    name: 'console-opinions',
    path: '/console/opinions',
    label: (t) => t.opinions_title(),
    group: 'customers',
  },
  { name: 'console-club', path: '/console/club', label: (t) => t.club_nav(), group: 'customers' },
  { name: 'console-surveys', path: '/console/surveys', label: (t) => t.nav_surveys(), group: 'customers' },
  {
    name: 'console-testimonials',
    path: '/console/testimonials',
    label: (t) => t.nav_console_voices(),
    group: 'customers',
  },
  {
    name: 'console-forecasts',
    path: '/console/forecasts',
    label: (t) => t.forecasts_nav(),
    group: 'data',
  },
  {
    name: 'console-imports',
    path: '/console/imports',
    label: (t) => t.nav_console_imports(),
    group: 'data',
    roles: ['owner', 'manager'],
  },
  {
    name: 'console-proof',
    path: '/console/proof',
    label: (t) => t.proof_nav(),
    group: 'data',
    roles: ['owner', 'manager', 'analyst'],
  },
  { name: 'exports', path: '/console/exports', label: (t) => t.exports_title(), group: 'data' },
  { name: 'console-standards', path: '/console/standards', label: (t) => t.std_nav(), group: 'business' },
  {
    name: 'console-locations',
    path: '/console/locations',
    label: (t) => t.loc_console_title(),
    group: 'business',
    roles: ['owner', 'manager'],
  },
  { name: 'console-mail', path: '/console/mail', label: (t) => t.nav_console_mail(), group: 'business' },
  {
    name: 'console-set-up',
    path: '/console/set-up',
    label: (t) => t.nav_console_set_up(),
    group: 'business',
    roles: ['owner', 'manager'],
  },
  {
    name: 'console-settings',
    path: '/console/settings',
    label: (t) => t.nav_console_settings(),
    group: 'business',
    roles: ['owner', 'manager'],
  },
  {
    name: 'console-devices',
    path: '/console/devices',
    label: (t) => t.devices_nav_console(),
    group: 'business',
  },
  {
    name: 'console-texts',
    path: '/console/texts',
    label: (t) => t.texts_nav(),
    group: 'business',
    roles: ['owner', 'manager'],
  },
  {
    name: 'console-keys',
    path: '/console/keys',
    label: (t) => t.nav_console_keys(),
    group: 'business',
    roles: ['owner'],
  },
  {
    name: 'console-staff',
    path: '/console/staff',
    label: (t) => t.nav_console_staff(),
    group: 'business',
    roles: ['owner'],
  },
  {
    name: 'console-backups',
    path: '/console/settings/backups',
    label: (t) => t.backups_nav(),
    group: 'business',
    roles: ['owner'],
  },
  {
    name: 'console-audit',
    path: '/console/audit',
    label: (t) => t.nav_console_audit(),
    group: 'business',
    roles: ['owner', 'manager'],
  },
] as const satisfies readonly Section[];

/** The public pages, as the navigation of somebody who is not signed in lists them. */
export const publicSections = [
  { name: 'how', path: '/how-it-works', label: (t) => t.nav_how(), isMain: true },
  { name: 'club', path: '/club', label: (t) => t.club_nav(), isMain: true, needs: 'club' },
  { name: 'voices', path: '/voices', label: (t) => t.nav_voices(), needs: 'voices' },
  { name: 'advice', path: '/advice', label: (t) => t.advice_title(), needs: 'advice' },
  { name: 'join', path: '/join', label: (t) => t.joining_start(), isMain: true },
] as const satisfies readonly Section[];

export type SectionName = (typeof accountSections | typeof consoleSections)[number]['name'];
