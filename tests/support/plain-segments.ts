import { Temporal } from 'temporal-polyfill';
import type { Store } from '../../db/store.ts';
import type { SegmentNode, SegmentRule } from '../../functions/insight/segments/definition.ts';
import { missingPlainly } from './plain-missing.ts';

/** Tables as they stand, each row by the names of its columns. */
export type Tables = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
type Row = Readonly<Record<string, unknown>>;

const named =
  `accounts customers memberships orders order_lines consents profile_answers own_fields own_field_values lots
  vouchers voucher_uses voucher_cancellations feedback cases contacts contact_tasks survey_versions survey_invitations survey_answers survey_finishes
  referrals suppressions club_levels account_facts account_forecasts account_managers staff account_levels attention_sayings
  period_totals`.split(/\s+/);

/** Reads all that is asked about into memory. */
export async function readTables(store: Store): Promise<Tables> {
  const tables = new Map<string, Row[]>();
  for (const table of named) {
    const columns = (
      await store.read({ sql: `SELECT name FROM pragma_table_info('${table}')`, args: [] })
    ).map(([name]) => String(name));
    const rows = await store.read({ sql: `SELECT * FROM ${table}`, args: [] });
    tables.set(
      table,
      rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))),
    );
  }
  return tables;
}

export interface PlainWorld {
  tables: Tables;
  segments: ReadonlyMap<string, SegmentNode>;
  now: number;
  until: number | null;
  timeZone: string;
  currency: string;
  premiumShare: number;
}

type Known = string | number | boolean | null;
const num = (value: unknown) => Number(value);
const maybe = (value: unknown) => (value === null || value === undefined ? null : Number(value));

/** Who fits, by a plain evaluation of each account: it shares no code with what compiles segments. */
export function fitPlainly(node: SegmentNode, world: PlainWorld): string[] {
  return rootsOf(world)
    .filter((root) => holds(node, root, world))
    .map((root) => String(root.id))
    .toSorted();
}

const rowsOf = (world: PlainWorld, table: string): readonly Row[] => world.tables.get(table) ?? [];

const rootsOf = (world: PlainWorld) =>
  rowsOf(world, 'accounts').filter((row) => row.id === row.root_id && row.withdrawn_at === null);

function holds(node: SegmentNode, root: Row, world: PlainWorld): boolean {
  if ('rules' in node) {
    const all = node.rules.map((inner) => holds(inner, root, world));
    const together = node.combinator === 'and' ? !all.includes(false) : all.includes(true);
    return node.not ? !together : together;
  }
  if (node.field === 'segment') {
    const ids = [node.value].flat().map(String);
    const isIn = ids.some((id) => {
      const other = world.segments.get(id);
      return other !== undefined && holds(other, root, world);
    });
    return node.operator === '=' || node.operator === 'in' ? isIn : !isIn;
  }
  return valuesOf(node, root, world).some((value) => fits(value, node));
}

function fits(value: Known, { operator, value: asked }: SegmentRule): boolean {
  if (operator === 'isNull') return value === null;
  if (operator === 'notNull') return value !== null;
  if (value === null) return false;
  const list: readonly unknown[] = Array.isArray(asked) ? asked : [asked];
  const order = (other: unknown) =>
    value === other ? 0 : String(value) === String(other) ? 0 : less(value, other) ? -1 : 1;
  switch (operator) {
    case '=':
      return order(asked) === 0;
    case '!=':
      return order(asked) !== 0;
    case '<':
      return order(asked) < 0;
    case '<=':
      return order(asked) <= 0;
    case '>':
      return order(asked) > 0;
    case '>=':
      return order(asked) >= 0;
    case 'between':
      return order(list[0]) >= 0 && order(list[1]) <= 0;
    case 'in':
      return list.some((one) => one === value);
    case 'notIn':
      return list.every((one) => one !== value);
    case 'contains':
      return String(value).indexOf(String(asked)) >= 0;
    default:
      return String(value).slice(0, String(asked).length) === String(asked);
  }
}

const less = (a: Known, b: unknown) => (typeof a === 'number' ? a < Number(b) : String(a) < String(b));

const dayAt = (ms: number, world: PlainWorld) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(world.timeZone).toPlainDate();
const today = (world: PlainWorld) => dayAt(world.now, world);
const ago = (day: Temporal.PlainDate, world: PlainWorld) =>
  day.until(today(world), { largestUnit: 'days' }).days;
/** The first moment of the day `days` after today. */
const midnight = (days: number, world: PlainWorld) =>
  today(world).add({ days }).toZonedDateTime(world.timeZone).epochMilliseconds;

function valuesOf(rule: SegmentRule, root: Row, world: PlainWorld): Known[] {
  const { field } = rule;
  if (
    field.startsWith('customer.') ||
    field.startsWith('own.') ||
    field.startsWith('consent.') ||
    field === 'mail.blocked'
  )
    return peopleOf(root, world).map((person) => personal(field, person, world));
  if (field.startsWith('forecast.')) return [foretold(field, root, world)];
  if (field.startsWith('list.')) return [isListed(field, root, world)];
  if (field.startsWith('orders.')) return [bought(rule, root, world)];
  return [ofAccount(rule, root, world)];
}

function isListed(field: string, root: Row, world: PlainWorld): boolean {
  const list = field.slice(5).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return rowsOf(world, 'attention_sayings').some(
    (row) => row.root_id === root.id && row.list === list && row.left_on === null && row.outcome === null,
  );
}

function foretold(field: string, root: Row, world: PlainWorld): Known {
  const row = rowsOf(world, 'account_forecasts').find(({ account_id }) => account_id === root.id);
  const column = {
    'forecast.alive': 'alive_permille',
    'forecast.orders': 'orders_365_milli',
    'forecast.orders90': 'orders_90_milli',
    'forecast.orders30': 'orders_30_milli',
  }[field];
  if (column === undefined) {
    const days = maybe(row?.next_days);
    return days === null ? null : days - ago(Temporal.PlainDate.from(String(row?.day)), world);
  }
  const value = maybe(row?.[column]);
  if (value === null) return null;
  return field === 'forecast.alive' ? value / 10 : value / 1000;
}

interface Purchase {
  day: Temporal.PlainDate;
  net: number;
  stands: boolean;
  currency: string;
  order: string;
  account: string;
}

/** Rows of what was bought: orders, or lines where a rule is about these. */
function purchases(
  { within, where }: Pick<SegmentRule, 'within' | 'where'>,
  root: Row,
  world: PlainWorld,
): Purchase[] {
  const byLine = where.sku ?? where.product ?? where.category;
  const mine = rowsOf(world, 'orders').filter(
    (row) =>
      row.root_id === root.id &&
      num(row.is_cancelled) === 0 &&
      (world.until === null || num(row.placed_at) <= world.until) &&
      (where.source === undefined || where.source.includes(String(row.source))),
  );
  const left = (row: Row) => {
    const worth = num(row.total_minor) - num(row.discount_minor);
    return { net: worth - num(row.refunded_minor), stands: worth === 0 || worth > num(row.refunded_minor) };
  };
  return mine
    .flatMap((order) => {
      const day =
        order.placed_on === null
          ? dayAt(num(order.placed_at), world)
          : Temporal.PlainDate.from(String(order.placed_on));
      const of = {
        day,
        currency: String(order.currency),
        order: String(order.id),
        account: String(order.account_id),
      };
      if (byLine === undefined) return [{ ...of, ...left(order) }];
      return rowsOf(world, 'order_lines')
        .filter(
          (line) =>
            line.order_id === order.id &&
            (['sku', 'product', 'category'] as const).every(
              (key) => where[key] === undefined || where[key].includes(String(line[key])),
            ),
        )
        .map((line) => ({ ...of, net: left(line).net, stands: left(line).stands && left(order).stands }));
    })
    .filter(({ day }) => ago(day, world) >= 0 && (within === null || ago(day, world) < within.days));
}

function bought(rule: SegmentRule, root: Row, world: PlainWorld): Known {
  const all = purchases(rule, root, world);
  const standing = all.filter(({ stands }) => stands);
  const count = new Set(standing.map(({ order }) => order)).size;
  const days = [...new Set(standing.map(({ day }) => String(day)))].sort();
  const ours = all.filter(({ currency }) => currency === world.currency);
  const net = ours.reduce((sum, one) => sum + one.net, 0);
  switch (rule.field) {
    case 'orders.count':
      return count;
    case 'orders.bought':
      return count > 0;
    case 'orders.days':
      return days.length;
    case 'orders.spend':
      return net;
    case 'orders.mean': {
      const inOurs = ours.filter(({ stands }) => stands);
      const orders = new Set(inOurs.map(({ order }) => order)).size;
      return orders === 0 ? null : Math.floor(inOurs.reduce((sum, one) => sum + one.net, 0) / orders);
    }
    case 'orders.first':
      return days[0] === undefined ? null : ago(Temporal.PlainDate.from(days[0]), world);
    case 'orders.last': {
      const last = days.at(-1);
      return last === undefined ? null : ago(Temporal.PlainDate.from(last), world);
    }
    default:
      return medianGap(days);
  }
}

function medianGap(days: readonly string[]): number | null {
  const gaps = days
    .slice(1)
    .map((day, at) => Temporal.PlainDate.from(days[at] ?? day).until(day, { largestUnit: 'days' }).days)
    .sort((a, b) => a - b);
  if (gaps.length === 0) return null;
  const middle = gaps.length / 2;
  const low = gaps[Math.ceil(middle) - 1] ?? 0;
  return (low + (gaps[Math.floor(middle)] ?? low)) / 2;
}

const peopleOf = (root: Row, world: PlainWorld): Row[] => {
  const own = rowsOf(world, 'accounts').filter((row) => row.root_id === root.id);
  return rowsOf(world, 'memberships').flatMap((one) => {
    const isOwn = own.some(({ id }) => id === one.account_id) && one.until === null;
    const person = rowsOf(world, 'customers').find(({ id }) => id === one.customer_id);
    return isOwn && person !== undefined && person.withdrawn_at === null ? [person] : [];
  });
};

function personal(field: string, person: Row, world: PlainWorld): Known {
  const of = (table: string) => rowsOf(world, table).filter((row) => row.customer_id === person.id);
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  switch (field) {
    case 'customer.name':
    case 'customer.email':
    case 'customer.language':
      return text(person[field.slice(9)]);
    case 'customer.claimed':
      return person.claimed_at !== null;
    case 'customer.joined':
      return ago(dayAt(knownSince(person, world), world), world);
    case 'customer.birthday':
      return untilBirthday(
        text(of('profile_answers').find(({ question }) => question === 'birthday')?.answer),
        world,
      );
    case 'customer.interests':
      return text(of('profile_answers').find(({ question }) => question === 'interests')?.answer);
    case 'consent.terms':
    case 'consent.news': {
      const ofKind = of('consents').filter(({ kind }) => kind === field.slice(8));
      const last = ofKind.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)).at(-1);
      return last !== undefined && num(last.is_given) === 1;
    }
    case 'mail.blocked':
      return rowsOf(world, 'suppressions').some(
        (row) => row.address === person.email && row.lifted_at === null,
      );
    default: {
      const key = field.slice(4);
      const kind = rowsOf(world, 'own_fields').find((row) => row.key === key)?.kind;
      const value = text(of('own_field_values').find((row) => row.field_key === key)?.value);
      if (value === null) return null;
      if (kind === 'number') return Number(value);
      return kind === 'yes_no' ? value === 'yes' : value;
    }
  }
}

function knownSince(person: Row, world: PlainWorld): number {
  const own = rowsOf(world, 'accounts').find((row) => row.owner_id === person.id);
  const moments = [maybe(own?.first_placed_at), maybe(own?.signed_up_at)].filter((one) => one !== null);
  return moments.length === 0 ? num(person.created_at) : Math.min(...moments);
}

function untilBirthday(answer: string | null, world: PlainWorld): number | null {
  if (answer === null) return null;
  const now = today(world);
  const [month, day] = answer.split('-').map(Number);
  const inYear = (year: number) => {
    const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    return answer === '02-29' && !isLeap
      ? Temporal.PlainDate.from({ year, month: 3, day: 1 })
      : Temporal.PlainDate.from({ year, month: month ?? 1, day: day ?? 1 });
  };
  const next = [inYear(now.year), inYear(now.year + 1)].find(
    (one) => Temporal.PlainDate.compare(one, now) >= 0,
  );
  return next === undefined ? null : now.until(next, { largestUnit: 'days' }).days;
}

const every = { within: null, where: {} };

function ofAccount({ field, within }: SegmentRule, root: Row, world: PlainWorld): Known {
  const mine = (table: string, column: string) =>
    rowsOf(world, table).filter((row) => row[column] === root.id);
  switch (field) {
    case 'account.kind':
      return root.kind === 'personal' ? 'personal' : root.form === 'household' ? 'household' : 'company';
    case 'account.name':
      return root.name === '' ? null : String(root.name);
    case 'account.level':
      return level(root, world);
    case 'account.group':
      return group(root, world);
    case 'account.manager': {
      const open = rowsOf(world, 'account_managers').find(
        (row) => row.account_id === root.id && row.ended_at === null,
      );
      return String(rowsOf(world, 'staff').find(({ id }) => id === open?.staff_id)?.email ?? '') || null;
    }
    case 'account.departments':
      return departments(root, world).length;
    case 'account.silentDepartments': {
      const standing = purchases({ within, where: {} }, root, world).filter(({ stands }) => stands);
      return departments(root, world).filter(({ id }) => standing.every(({ account }) => account !== id))
        .length;
    }
    case 'club.member':
      return isInClub(root, world);
    case 'club.level':
      return isInClub(root, world) ? clubLevel(root, world) : 0;
    case 'rewards.missing':
      return missing(root, mine('period_totals', 'root_id'), world);
    case 'feedback.count':
      return mine('feedback', 'root_id').filter(({ at }) => {
        const days = ago(dayAt(num(at), world), world);
        return within === null || (days >= 0 && days < within.days);
      }).length;
    case 'feedback.openCases':
      return mine('feedback', 'root_id').filter(({ id }) =>
        rowsOf(world, 'cases').some(
          (row) => row.feedback_id === id && row.state !== 'resolved' && row.state !== 'closed',
        ),
      ).length;
    case 'contacts.count':
      return contacts(mine('contacts', 'root_id'), world).filter(({ at }) => {
        const days = ago(dayAt(num(at), world), world);
        return within === null || (days >= 0 && days < within.days);
      }).length;
    case 'contacts.last': {
      const last = contacts(mine('contacts', 'root_id'), world).at(-1);
      return last === undefined ? null : ago(dayAt(num(last.at), world), world);
    }
    case 'contacts.lastChannel':
      return lastContact(mine('contacts', 'root_id'), world, 'channel');
    case 'contacts.lastDirection':
      return lastContact(mine('contacts', 'root_id'), world, 'direction');
    case 'contacts.openSteps':
      return mine('contact_tasks', 'root_id').filter(({ ended_at }) => ended_at === null).length;
    case 'surveys.answered':
      return mine('survey_finishes', 'root_id').length;
    case 'score.last':
      return lastScore(mine('survey_finishes', 'root_id'), world);
    case 'opinions.trust':
      return meanOpinion(['trust.care', 'trust.integrity', 'trust.competence'], root, world);
    case 'opinions.commitment':
      return meanOpinion(['trust.attachment', 'trust.continuity', 'trust.worth'], root, world);
    case 'opinions.gap':
      return widestGap(root, world);
    case 'referrals.count':
      return mine('referrals', 'referrer_root_id').filter(({ state }) => state !== 'declined').length;
    case 'referrals.rewarded':
      return mine('referrals', 'referrer_root_id').filter(({ state }) => state === 'rewarded').length;
    case 'vouchers.open':
      return mine('vouchers', 'account_id').filter(
        ({ expires_at }) => expires_at === null || num(expires_at) > world.now,
      ).length;
    default:
      return credit(field, mine('lots', 'account_id'), within, world);
  }
}

function missing(root: Row, totals: readonly Row[], world: PlainWorld): number | null {
  const moments = [root.first_placed_at, root.signed_up_at].flatMap((at) => maybe(at) ?? []);
  return missingPlainly({
    joined: moments.length === 0 ? today(world) : dayAt(Math.min(...moments), world),
    today: today(world),
    isInClub: isInClub(root, world),
    spentSince: (rule, start) =>
      num(totals.find((row) => row.rule_id === rule && row.period_start === String(start))?.spend_minor ?? 0),
  });
}

function credit(
  field: string,
  lots: readonly Row[],
  within: SegmentRule['within'],
  world: PlainWorld,
): number {
  const open = lots.filter(({ expires_at }) => expires_at === null || num(expires_at) > world.now);
  const sum = (rows: readonly Row[]) =>
    rows.reduce((all, { remaining_minor }) => all + num(remaining_minor), 0);
  if (field === 'rewards.available') return sum(open);
  if (field !== 'rewards.lapsing') return 0;
  return sum(
    open.filter(
      ({ expires_at }) =>
        expires_at !== null && (within === null || num(expires_at) <= midnight(within.days, world)),
    ),
  );
}

const departments = (root: Row, world: PlainWorld) =>
  rowsOf(world, 'accounts').filter(
    (row) => row.root_id === root.id && row.kind === 'department' && row.withdrawn_at === null,
  );

function lastScore(finishes: readonly Row[], world: PlainWorld): number | null {
  const scores = finishes.flatMap(({ invitation_id, at }) =>
    rowsOf(world, 'survey_answers')
      .filter((row) => row.invitation_id === invitation_id && row.question_id === 'again')
      .map(({ value }) => ({ at: num(at), id: String(invitation_id), value: num(value) })),
  );
  return scores.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))[0]?.value ?? null;
}

/** Finished questionnaires that speak of an account, the newest first: about it, or at large by who belongs to it. */
function speaking(root: Row, world: PlainWorld) {
  const own = new Set(
    rowsOf(world, 'accounts').flatMap(({ id, root_id }) => (root_id === root.id ? [id] : [])),
  );
  const people = new Set(
    rowsOf(world, 'memberships').flatMap(({ account_id, customer_id, until }) =>
      own.has(account_id) && until === null ? [customer_id] : [],
    ),
  );
  return rowsOf(world, 'survey_finishes')
    .filter((finish) => {
      const asked = rowsOf(world, 'survey_invitations').find(({ id }) => id === finish.invitation_id);
      const isAtLarge = asked?.reason === 'hand' || asked?.reason === 'season';
      return finish.root_id === root.id || (isAtLarge && people.has(finish.customer_id));
    })
    .toSorted((a, b) => num(b.at) - num(a.at) || (String(a.invitation_id) < String(b.invitation_id) ? 1 : -1))
    .map(({ invitation_id, customer_id }) => ({
      who: String(customer_id),
      value: (question: string) =>
        maybe(
          rowsOf(world, 'survey_answers').find(
            (row) => row.invitation_id === invitation_id && row.question_id === question,
          )?.value,
        ),
    }));
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const shown = (value: number) => Math.round(value * 100) / 100;

function meanOpinion(parts: readonly string[], root: Row, world: PlainWorld): number | null {
  const newest = new Map<string, number>();
  for (const { who, value } of speaking(root, world)) {
    const told = parts.map(value).filter((one) => one !== null);
    if (told.length > 0 && !newest.has(who)) newest.set(who, meanOf(told));
  }
  return newest.size === 0 ? null : shown(meanOf([...newest.values()]));
}

function widestGap(root: Row, world: PlainWorld): number | null {
  const gaps = ['price', 'taste'].flatMap((topic) => {
    const newest = new Map<string, number | null>();
    for (const { who, value } of speaking(root, world)) {
      const [want, got] = [value(`wants.${topic}.want`), value(`wants.${topic}.get`)];
      if ((want === null && got === null) || newest.has(who)) continue;
      newest.set(who, want === null || got === null ? null : want - got);
    }
    const told = [...newest.values()].filter((gap) => gap !== null);
    return told.length === 0 ? [] : [meanOf(told)];
  });
  return gaps.length === 0 ? null : shown(Math.max(...gaps));
}

function spansOf(root: Row): [number, number | null][] {
  return typeof root.club_spans === 'string' ? JSON.parse(root.club_spans) : [];
}

const isInClub = (root: Row, world: PlainWorld) =>
  spansOf(root).some(([since, until]) => since <= world.now && (until === null || world.now < until));

/** Of all spend, as levels are shown, whatever moment is asked for. */
function clubLevel(root: Row, world: PlainWorld): number {
  const spend = rowsOf(world, 'orders')
    .filter(
      (row) => row.root_id === root.id && num(row.is_cancelled) === 0 && row.currency === world.currency,
    )
    .reduce((sum, row) => sum + num(row.total_minor) - num(row.discount_minor) - num(row.refunded_minor), 0);
  const levels = rowsOf(world, 'club_levels');
  if (levels.length === 0) return 0;
  return Math.max(1, levels.filter(({ from_minor }) => num(from_minor) <= spend).length);
}

function level(root: Row, world: PlainWorld): string | null {
  const standing = purchases(every, root, world).filter(({ stands }) => stands);
  const orders = new Set(standing.map(({ order }) => order)).size;
  if (orders === 0) return null;
  const facts = rowsOf(world, 'account_facts').find(({ account_id }) => account_id === root.id);
  const isPraised = ['friend_ordered_at', 'quoted_at', 'recommended_at'].some((column) => {
    const at = maybe(facts?.[column]);
    const isKnown = at !== null && (world.until === null || at <= world.until);
    return isKnown && ago(dayAt(at, world), world) < 365;
  });
  const was = rowsOf(world, 'account_levels').some(
    ({ root_id, level: held, from_day, until_day }) =>
      world.until !== null &&
      root_id === root.id &&
      held === 'advocate' &&
      String(from_day) < String(today(world)) &&
      (until_day === null || String(until_day) > String(today(world))),
  );
  return isPraised || was ? 'advocate' : orders === 1 ? 'first' : 'repeat';
}

function yearSpend(root: Row, world: PlainWorld): number {
  return purchases({ within: { days: 365 }, where: {} }, root, world)
    .filter(({ currency }) => currency === world.currency)
    .reduce((sum, { net }) => sum + net, 0);
}

function group(root: Row, world: PlainWorld): string {
  const standing = purchases(every, root, world).filter(({ stands }) => stands);
  const spends = rootsOf(world)
    .map((one) => yearSpend(one, world))
    .filter((spend) => spend > 0)
    .sort((a, b) => b - a);
  const from = spends[Math.ceil((spends.length * world.premiumShare) / 100) - 1];
  const days = new Set(standing.map(({ day }) => String(day))).size;
  const [, until] = spansOf(root).at(-1) ?? [0, 0];
  const inClub = world.until === null ? until === null : isInClub(root, world);
  if (inClub || (from !== undefined && days >= 3 && yearSpend(root, world) >= from)) return 'premium';
  return standing.length > 0 ? 'buyer' : 'enquirer';
}

/** What was said with an account, the oldest first. */
const contacts = (rows: readonly Row[], world: PlainWorld) =>
  rows
    .filter(({ at, withdrawn_at }) => withdrawn_at === null && num(at) <= world.now)
    .toSorted((one, other) => num(one.at) - num(other.at) || (String(one.id) < String(other.id) ? -1 : 1));

function lastContact(rows: readonly Row[], world: PlainWorld, column: string): string | null {
  const last = contacts(rows, world).at(-1);
  return last === undefined ? null : String(last[column]);
}
