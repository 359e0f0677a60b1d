import type { z } from 'zod';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { type Channel, type ChoosableTopic, topicChannels } from '../../ground/outbox/topics.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { addDays } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../ground/platform/errors.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { loadPreferences } from './get-preferences.ts';
import { planChanges } from './plan-changes.ts';
import { type PreferencesInput, preferencesInput, type WishSource } from './schema.ts';

/** Nobody puts off for longer than this; who wants nothing more says so. */
const PAUSE_DAYS_MAX = 2 * 366;

/**
 * A change of somebody's preferences; `source` is where they said it themselves, `shownIn` the language in which the wording
 * of a consent to news was before them.
 */
export type PreferencesChange = z.input<typeof preferencesInput> & {
  customerId: string;
  source?: 'one_click' | 'mail' | 'settings';
  shownIn?: string;
};

/** What was changed: topics with their channels, and names of the rest; nothing where it held already. */
export interface ChangedPreferences {
  customerId: string;
  changed: string[];
}

/**
 * Changes what a customer wants to hear and how; what holds already is not written again. The customer may, and staff and
 * programs who say on what grounds. All of it is one write, each change a line in the history.
 * @throws {AppError} `validation_failed` (`basis`: `required`; `wishes.0.channel`: `no_such_way`; `pausedUntil`: `not_ahead`,
 *   `too_far`; `language`), `not_found` for somebody else's, `forbidden`, `scope_missing`
 */
export async function setPreferences(
  ctx: Context,
  { customerId, source: said, shownIn, ...typed }: PreferencesChange,
  options: Alongside<ChangedPreferences> = {},
): Promise<ChangedPreferences> {
  const source = sourceOf(ctx, customerId, said);
  const input = parseInput(preferencesInput, typed);
  const { timeZone } = await getBusiness(ctx);
  refuseFields(problemsOf(input, { today: dayOf(ctx.now(), timeZone), source }));
  const decide = async (seen: Context) => {
    const kept = await loadPreferences(seen, { customerId });
    const { changed, ...decision } = await planChanges(seen, { customerId, kept, input, source, shownIn });
    const result = { customerId, changed };
    return { ...decision, beside: options.alongside?.(result, 200) ?? [], result };
  };
  const [place] = await listPlaces(ctx.db.fresh, customerId);
  if (place === undefined) return writeWithoutAccount(ctx, await decide(ctx));
  const { rootId } = place;
  const result = await writeHistory(ctx, rootId, async (seen) => {
    const { histories, result, ...decision } = await decide(seen);
    const [history, ...more] = histories;
    if (history === undefined) return { ...unchanged, result };
    return { ...decision, history, histories: more.map((line) => ({ ...line, rootId })), result };
  });
  if (result.changed.length === 0)
    await writeDecision(ctx, { beside: options.alongside?.(result, 200) ?? [] });
  return result;
}

/** Somebody of whom no account is left has no history either. */
async function writeWithoutAccount(
  ctx: Context,
  {
    histories: _,
    result,
    ...decision
  }: Omit<Decision, 'histories'> & { histories: unknown; result: ChangedPreferences },
): Promise<ChangedPreferences> {
  await writeDecision(ctx, decision);
  return result;
}

/** @throws {AppError} */
function sourceOf({ actor }: Context, customerId: string, said: PreferencesChange['source']): WishSource {
  if (actor.kind === 'customer' && actor.id === customerId) return said ?? 'settings';
  if (actor.kind === 'customer' || actor.kind === 'anonymous')
    throw new AppError('not_found', 'There is no such customer.');
  allow(actor, 'customers:write');
  return actor.kind === 'key' ? 'api' : 'staff';
}

function problemsOf(
  { wishes, pausedUntil = null, basis }: PreferencesInput,
  { today, source }: { today: string; source: WishSource },
): FieldError[] {
  const isOfOthers = source === 'staff' || source === 'api';
  return [
    ...(isOfOthers && basis === null
      ? [{ path: 'basis', code: 'required', message: 'is needed: how do you know what they want?' }]
      : []),
    ...wishes.flatMap(({ topic, channel, pausedUntil: until }, index) => [
      ...(waysOf(topic).includes(channel)
        ? []
        : [
            {
              path: `wishes.${index}.channel`,
              code: 'no_such_way',
              message: `is no way in which ${topic} comes`,
            },
          ]),
      ...pauseProblems(`wishes.${index}.pausedUntil`, until, today),
    ]),
    ...pauseProblems('pausedUntil', pausedUntil, today),
  ];
}

const waysOf = (topic: ChoosableTopic): readonly Channel[] => topicChannels[topic];

function pauseProblems(path: string, until: string | null, today: string): FieldError[] {
  if (until === null) return [];
  if (until <= today) return [{ path, code: 'not_ahead', message: 'has to be a day ahead' }];
  if (until > addDays(today, PAUSE_DAYS_MAX))
    return [{ path, code: 'too_far', message: 'may be two years ahead at the most' }];
  return [];
}
