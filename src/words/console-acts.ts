import type { Role } from '../../functions/ground/platform/context.ts';
import type { Messages } from '../locale.ts';
import { consoleSections, type Section } from '../sections.ts';
import type { Visit } from '../visit.ts';

type Act = Pick<Section, 'path' | 'label' | 'needs'> & { roles: readonly Role[] };

const leads: readonly Role[] = ['owner', 'manager'];
const helpers: readonly Role[] = ['owner', 'manager', 'agent'];

/** What is begun from the search, beside the pages themselves. */
const acts: readonly Act[] = [
  { path: '/console/orders/new', label: (t) => t.act_record_order(), roles: helpers },
  { path: '/console/customers/new', label: (t) => t.act_add_customer(), roles: helpers },
  { path: '/console/till', label: (t) => t.act_sell(), roles: helpers },
  { path: '/console/imports', label: (t) => t.act_import(), roles: leads },
  { path: '/console/programme/draft', label: (t) => t.act_new_rule(), roles: leads },
  { path: '/console/programme/rehearsal', label: (t) => t.act_rehearse(), roles: leads },
  { path: '/console/orders?promise=late', label: (t) => t.act_late_orders(), roles: ['analyst', ...helpers] },
  { path: '/console/feedback?state=todo', label: (t) => t.act_answer(), roles: helpers },
  { path: '/console/own-fields', label: (t) => t.own_title(), roles: leads },
  { path: '/console/club/drops/new', label: (t) => t.act_new_drop(), roles: helpers, needs: 'club' },
  { path: '/console/club/events/new', label: (t) => t.act_new_event(), roles: helpers, needs: 'club' },
  { path: '/console/staff', label: (t) => t.act_add_colleague(), roles: ['owner'] },
  { path: '/console/keys', label: (t) => t.act_make_key(), roles: ['owner'] },
  { path: '/console/shortcuts', label: (t) => t.shortcuts_title(), roles: ['analyst', ...helpers] },
];

export interface Ways {
  acts: { path: string; label: string }[];
  pages: { path: string; label: string }[];
}

/** The acts and pages of the console that somebody may open and whose names hold every word of a text; all for none. */
export function waysOf(
  t: Messages,
  { text, role, features }: { text: string; role: Role; features: Visit['features'] },
): Ways {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const pages: readonly Section[] = consoleSections;
  const find = (all: readonly (Act | Section)[]) =>
    all
      .filter(({ roles, needs }) => (roles?.includes(role) ?? true) && (!needs || features.has(needs)))
      .map(({ path, label }) => ({ path, label: label(t) }))
      .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  return { acts: find(acts), pages: find(pages) };
}
