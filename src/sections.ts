import type { Messages } from './locale.ts';

/** The rooms of the account and of the console, as their navigation lists them. */
export interface Section {
  name: string;
  path: string;
  label: (t: Messages) => string;
  /** Whether the account that is looked at goes along. */
  keepsAccount?: boolean;
}

export const accountSections = [
  { name: 'account', path: '/account', label: (t) => t.nav_overview(), keepsAccount: true },
  { name: 'orders', path: '/account/orders', label: (t) => t.nav_orders(), keepsAccount: true },
  { name: 'rewards', path: '/account/rewards', label: (t) => t.nav_rewards(), keepsAccount: true },
  { name: 'messages', path: '/account/messages', label: (t) => t.nav_messages() },
  { name: 'settings', path: '/account/settings', label: (t) => t.nav_settings() },
] as const satisfies readonly Section[];

export const consoleSections = [
  { name: 'console', path: '/console', label: (t) => t.nav_console() },
  { name: 'console-surveys', path: '/console/surveys', label: (t) => t.nav_surveys() },
  { name: 'console-mail', path: '/console/mail', label: (t) => t.nav_console_mail() },
] as const satisfies readonly Section[];

/** The public pages, as the navigation of somebody who is not signed in lists them. */
export const publicSections = [
  { name: 'how', path: '/how-it-works', label: (t) => t.nav_how() },
] as const satisfies readonly Section[];

export type SectionName = (typeof accountSections | typeof consoleSections)[number]['name'];
