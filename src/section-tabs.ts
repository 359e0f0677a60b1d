import type { Section } from './sections.ts';

/** What was said with customers, and what is to be done. */
export const contactTabs = [
  { name: 'log', path: '/console/contacts', label: (t) => t.contacts_tab_log() },
  { name: 'day', path: '/console/contacts/day', label: (t) => t.contacts_tab_day() },
  { name: 'numbers', path: '/console/contacts/numbers', label: (t) => t.contacts_tab_numbers() },
  { name: 'mails', path: '/console/contacts/mails', label: (t) => t.contacts_tab_mails() },
] as const satisfies readonly Section[];

/** Whether the books add up, and what moved them. */
export const booksTabs = [
  { name: 'proof', path: '/console/proof', label: (t) => t.proof_tab() },
  { name: 'movements', path: '/console/proof/movements', label: (t) => t.movements_tab() },
] as const satisfies readonly Section[];

/** What the team did, and whose data it looked at. */
export const auditTabs = [
  { name: 'acts', path: '/console/audit', label: (t) => t.audit_tab_acts() },
  { name: 'looks', path: '/console/audit/looks', label: (t) => t.looks_tab(), roles: ['owner'] },
] as const satisfies readonly Section[];

/** How far relationships have come, and with whom they matter most. */
export const relationTabs = [
  { name: 'levels', path: '/console/relationships', label: (t) => t.relations_tab_levels() },
  { name: 'key-accounts', path: '/console/relationships/key-accounts', label: (t) => t.customers_keys() },
  { name: 'typical', path: '/console/relationships/typical', label: (t) => t.typical_title() },
  {
    name: 'margins',
    path: '/console/relationships/margins',
    label: (t) => t.margins_title(),
    roles: ['owner', 'manager', 'analyst'],
  },
] as const satisfies readonly Section[];

/** How we work: what is promised, how it is done, and what became of it. */
export const standardTabs = [
  { name: 'standards', path: '/console/standards', label: (t) => t.std_tab_standards() },
  { name: 'procedures', path: '/console/standards/procedures', label: (t) => t.std_tab_procedures() },
  { name: 'kept', path: '/console/standards/kept', label: (t) => t.std_tab_kept() },
  { name: 'ideas', path: '/console/ideas', label: (t) => t.ideas_tab() },
  { name: 'guide', path: '/console/guide', label: (t) => t.guide_tab() },
  { name: 'thanks', path: '/console/standards/thanks', label: (t) => t.std_tab_thanks() },
] as const satisfies readonly Section[];

/** How often each group hears from the business, and the days of customers. */
export const planTabs = [
  { name: 'plans', path: '/console/plans', label: (t) => t.plans_tab_plans() },
  { name: 'calendar', path: '/console/plans/calendar', label: (t) => t.plans_tab_calendar() },
  { name: 'heard', path: '/console/plans/heard', label: (t) => t.plans_tab_heard() },
  { name: 'occasions', path: '/console/plans/occasions', label: (t) => t.plans_tab_occasions() },
  { name: 'hospitality', path: '/console/plans/hospitality', label: (t) => t.hospitality_title() },
  { name: 'moments', path: '/console/plans/moments', label: (t) => t.moments_tab() },
] as const satisfies readonly Section[];
