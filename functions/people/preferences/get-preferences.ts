import type { AddressForm } from '../../ground/identity/address-form.ts';
import { listSuppressed } from '../../ground/outbox/list-suppressed.ts';
import { subjects, type TopicByChannel } from '../../ground/outbox/topics.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { listConsentRows } from '../joining/find-profile.ts';
import { isLimited } from './is-limited.ts';
import { mayTell } from './may-tell.ts';
import { weeklyLimit } from './policies.ts';
import { findGeneral, findPerson, listWishes } from './queries.ts';
import type { Verdict, Wish } from './verdict.ts';

/** When and where something was said and, where somebody else wrote it down, on what grounds. */
export interface SaidWhen {
  at: number;
  source: string;
  basis: string | null;
}

/** A topic and a channel, and what its customer wants of it. */
export interface SubjectWish extends TopicByChannel, Wish {
  /** Whether anything of it is limited: else how often it may come says nothing. */
  isLimited: boolean;
  /** Null while nobody said anything: then it is as the business begins. */
  said: SaidWhen | null;
}

/** How all that is told reaches somebody. */
export interface GeneralWish {
  pausedUntil: string | null;
  /** How much within seven days at the most; null for what the business has set. */
  weekMax: number | null;
  /** `plain`: mail without layout and pictures. */
  format: 'full' | 'plain';
  /** Whether they want offers; null while they said nothing: then premium customers get none, and others do. */
  offers: boolean | null;
}

/** What a customer wants to hear from the business, and how. */
export interface Preferences {
  email: string | null;
  hasPhone: boolean;
  language: string | null;
  tone: AddressForm | null;
  general: GeneralWish & { said: SaidWhen | null };
  /** What holds for who said nothing about it. */
  weekStandard: number;
  wishes: SubjectWish[];
  /** Why less mail goes to the address than its owner chose. */
  suppressed: ('bounced' | 'complained')[];
}

/** @throws {AppError} `not_found` for somebody else's, `forbidden`, `scope_missing` */
export async function getPreferences(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<Preferences> {
  allowReading(ctx, customerId);
  return loadPreferences(ctx, { customerId });
}

/** The same for an operation that has asked who may. @throws {AppError} `not_found` */
export async function loadPreferences(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<Preferences> {
  const db = ctx.db.fresh;
  const [[person], wishes, [general], consents, suppressed, business] = await Promise.all([
    findPerson(db, { customerId }),
    listWishes(db, { customerId }),
    findGeneral(db, { customerId }),
    listConsentRows(db, { customerId }),
    listSuppressed(db, { customerId, address: null }),
    getBusiness(ctx),
  ]);
  if (person === undefined || person.withdrawnAt !== null)
    throw new AppError('not_found', 'There is no such customer.');
  const news = consents.find(({ kind }) => kind === 'news');
  const wishOf = ({ topic, channel }: TopicByChannel): SubjectWish => {
    const said = wishes.find((one) => one.topic === topic && one.channel === channel) ?? null;
    const { pausedUntil, monthMax } = said ?? { pausedUntil: null, monthMax: null };
    const isOn = topic === 'news' ? (news?.isGiven ?? false) : (said?.isOn ?? true);
    return {
      topic,
      channel,
      isOn,
      pausedUntil,
      monthMax,
      isLimited: isLimited(ctx.house, { topic, channel }),
      said: newerOf(said, topic === 'news' ? news : null),
    };
  };
  return {
    email: person.email,
    hasPhone: person.phone !== null,
    language: person.language,
    tone: person.tone,
    general: {
      pausedUntil: general?.pausedUntil ?? null,
      weekMax: general?.weekMax ?? null,
      format: general?.format ?? 'full',
      offers: general?.offers ?? null,
      said: newerOf(general, null),
    },
    weekStandard: policyOf(business, weeklyLimit),
    wishes: subjects.map(wishOf),
    suppressed: suppressed.map(({ reason }) => reason),
  };
}

/** The same for staff and programs, with whether they may be told now. @throws {AppError} as `getPreferences` */
export async function getPreferencesWithVerdicts(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<Omit<Preferences, 'wishes'> & { wishes: (SubjectWish & { verdict: Verdict })[] }> {
  const { wishes, ...rest } = await getPreferences(ctx, { customerId });
  const judged = wishes.map(async (wish) => {
    const { topic, channel } = wish;
    return { ...wish, verdict: await mayTell(ctx, { customerId, topic, channel, isLimited: true }) };
  });
  return { ...rest, wishes: await Promise.all(judged) };
}

function allowReading({ actor }: Context, customerId: string): void {
  if (actor.kind === 'customer' || actor.kind === 'anonymous') {
    if (actor.kind === 'customer' && actor.id === customerId) return;
    throw new AppError('not_found', 'There is no such customer.');
  }
  allow(actor, 'customers:read');
}

interface Word {
  at: number;
  source: string;
  basis: string | null;
}

function newerOf(one: Word | null | undefined, other: Word | null | undefined): SaidWhen | null {
  const newer = (one?.at ?? -1) >= (other?.at ?? -1) ? one : other;
  return newer ? { at: newer.at, source: newer.source, basis: newer.basis } : null;
}
