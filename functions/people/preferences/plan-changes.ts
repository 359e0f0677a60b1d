import { insertInto } from '../../../db/query.ts';
import { generalPreferences, preferences } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { AuditLine } from '../../ground/audit/insert-audit-line.ts';
import type { HistoryLine } from '../../ground/history/insert-history.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { planAnswer } from '../joining/answer-question.ts';
import { planNews } from '../joining/consents.ts';
import type { ConsentSource } from '../joining/record-consent.ts';
import type { Preferences } from './get-preferences.ts';
import type { PreferencesInput, WishInput, WishSource } from './schema.ts';

const insertWish = insertInto(preferences);
const insertGeneral = insertInto(generalPreferences);

interface Change {
  customerId: string;
  kept: Preferences;
  input: PreferencesInput;
  source: WishSource;
  shownIn: string | undefined;
}

/** What differs from what holds, as data. */
interface Planned {
  /** What is changed, by name. */
  changed: string[];
  rows: Statement[];
  histories: HistoryLine[];
}

/** All that a change of somebody's preferences does, without what holds already. */
export async function planChanges(
  ctx: Context,
  change: Change,
): Promise<Planned & { audit: AuditLine | null }> {
  const parts = [
    ...(await Promise.all(change.input.wishes.map((wish) => planWish(ctx, change, wish)))),
    planGeneral(ctx, change),
    await planSpeech(ctx, change),
  ];
  const changed = parts.flatMap((part) => part.changed);
  const isOwn = ctx.actor.kind === 'customer';
  return {
    changed,
    rows: parts.flatMap(({ rows }) => rows),
    histories: parts.flatMap(({ histories }) => histories),
    audit:
      isOwn || changed.length === 0
        ? null
        : {
            kind: 'preferences.changed',
            subjectKind: 'customer',
            subjectId: change.customerId,
            detail: { changed: changed.join(', ') },
          },
  };
}

/** News by mail is a consent, kept with its wording; how often, and from when on, is a wish like others. */
async function planWish(ctx: Context, change: Change, wish: WishInput): Promise<Planned> {
  const { customerId, kept, input, source, shownIn } = change;
  const { topic, channel, isOn, monthMax, pausedUntil } = wish;
  const before = kept.wishes.find((one) => one.topic === topic && one.channel === channel);
  const isSame = before?.monthMax === monthMax && before.pausedUntil === pausedUntil;
  if (isSame && before.isOn === isOn) return nothing;
  const said = { source, basis: input.basis, at: ctx.now(), actor: actorName(ctx.actor) };
  const row = insertWish({ id: newId(), customerId, ...wish, ...said });
  const name = `${topic} ${channel}`;
  if (topic === 'news') {
    const language = shownIn ?? input.language ?? kept.language;
    const consent = { customerId, isWanted: isOn, language, source: consentSource(source) };
    const news = await planNews(ctx, { ...consent, basis: input.basis });
    const limits = isSame ? [] : [row];
    return {
      changed: [name],
      rows: [...(news?.rows ?? []), ...limits],
      histories: [news?.history ?? lineOf('preferences_changed', { topic, channel, monthMax, pausedUntil })],
    };
  }
  const kind = before?.isOn === isOn ? 'preferences_changed' : isOn ? 'topic_wanted' : 'topic_unwanted';
  return {
    changed: [name],
    rows: [row],
    histories: [lineOf(kind, { topic, channel, monthMax, pausedUntil })],
  };
}

function planGeneral(ctx: Context, { customerId, kept: { general }, input, source }: Change): Planned {
  const { said: _, ...before } = general;
  const after = {
    pausedUntil: input.pausedUntil === undefined ? before.pausedUntil : input.pausedUntil,
    weekMax: input.weekMax === undefined ? before.weekMax : input.weekMax,
    format: input.format ?? before.format,
    offers: input.offers === undefined ? before.offers : input.offers,
  };
  const changed = (['pausedUntil', 'weekMax', 'format', 'offers'] as const).filter(
    (part) => before[part] !== after[part],
  );
  if (changed.length === 0) return nothing;
  const said = { source, basis: input.basis, at: ctx.now(), actor: actorName(ctx.actor) };
  return {
    changed,
    rows: [insertGeneral({ id: newId(), customerId, ...after, ...said })],
    histories: [lineOf('preferences_changed', after)],
  };
}

/** In which language and tone: what was answered before is not asked for. */
async function planSpeech(ctx: Context, { customerId, kept, input }: Change): Promise<Planned> {
  const told = [
    { question: 'language', path: 'language', answer: input.language, before: kept.language },
    { question: 'address_form', path: 'tone', answer: input.tone, before: kept.tone },
  ] as const;
  const plans = told.map(async ({ question, path, answer, before }) => {
    if (answer === undefined || answer === before) return nothing;
    return { changed: [path], ...(await planAnswer(ctx, { customerId, question, answer, path })) };
  });
  const planned = await Promise.all(plans);
  return {
    changed: planned.flatMap((one) => one.changed),
    rows: planned.flatMap((one) => one.rows),
    histories: planned.flatMap((one) => one.histories),
  };
}

const nothing: Planned = { changed: [], rows: [], histories: [] };

function lineOf(kind: HistoryLine['kind'], detail: Record<string, unknown>): HistoryLine {
  return { kind, detail };
}

function consentSource(source: WishSource): ConsentSource {
  if (source === 'one_click' || source === 'merge') return 'mail';
  return source;
}
