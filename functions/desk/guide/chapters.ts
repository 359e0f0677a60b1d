import type { Role } from '../../ground/platform/context.ts';

/** The chapters of the guide, in the order in which they are read; `path` is where it can be tried. */
export const chapters = [
  { name: 'today', path: '/console', roles: ['owner', 'manager', 'agent', 'analyst'] },
  { name: 'customer', path: '/console/customers', roles: ['owner', 'manager', 'agent', 'analyst'] },
  { name: 'till', path: '/console/till', roles: ['owner', 'manager', 'agent'] },
  { name: 'feedback', path: '/console/feedback?state=todo', roles: ['owner', 'manager', 'agent'] },
  { name: 'contacts', path: '/console/contacts/day', roles: ['owner', 'manager', 'agent'] },
  { name: 'standards', path: '/console/standards', roles: ['owner', 'manager', 'agent', 'analyst'] },
  { name: 'credit', path: '/console/credits', roles: ['owner', 'manager', 'agent'] },
  { name: 'privacy', path: '/privacy', roles: ['owner', 'manager', 'agent', 'analyst'] },
  { name: 'ideas', path: '/console/ideas', roles: ['owner', 'manager', 'agent', 'analyst'] },
] as const satisfies readonly { name: string; path: string; roles: readonly Role[] }[];

export type ChapterName = (typeof chapters)[number]['name'];
export const chapterNames = chapters.map(({ name }) => name);

/** Those for a role. */
export const chaptersFor = (role: Role): (typeof chapters)[number][] =>
  chapters.filter(({ roles }) => roles.some((one) => one === role));
