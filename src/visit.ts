import { isDemo } from '../functions/desk/demo/is-demo.ts';
import type { AppDeps, WaitUntil } from '../functions/ground/http/api.ts';
import { type Connection, clientAddress, countryOf } from '../functions/ground/http/client-address.ts';
import { readCookies } from '../functions/ground/http/cookies.ts';
import { isFromThisMachine } from '../functions/ground/http/this-machine.ts';
import type { AddressForm } from '../functions/ground/identity/address-form.ts';
import type { Features } from '../functions/ground/identity/features.ts';
import type { Languages } from '../functions/ground/identity/languages.ts';
import type { Actor, Context, Role } from '../functions/ground/platform/context.ts';
import { newCode } from '../functions/ground/platform/ids.ts';
import type { HitCounter } from '../functions/insight/hits/hit-counter.ts';
import type { Hit } from '../functions/insight/hits/keep-hits.ts';
import { type Business, businessAt, getBusiness } from '../functions/money/business/business.ts';
import { featuresOf } from '../functions/money/business/features.ts';
import { offeredLanguages } from '../functions/money/business/languages.ts';
import type { OwnTexts } from '../functions/money/business/own-texts.ts';
import { businessHours, policyOf } from '../functions/money/business/policies.ts';
import {
  isMailboxRequest,
  listMailbox,
  type MailboxAsked,
  type MailboxItem,
} from '../functions/people/mail/mailbox.ts';
import { findSessionAndStamp, type Session } from '../functions/people/sign-in/find-session.ts';
import { staffFactor } from '../functions/people/sign-in/staff-factor.ts';
import type { Asker } from './asker.ts';
import { type Face, faceOf } from './face.ts';

/** A signed-in customer as pages need them. */
export interface SignedInCustomer {
  id: string;
  email: string;
  name: string | null;
  language: string | null;
  /** How they want to be addressed; null while they have not said. */
  addressForm: AddressForm | null;
  /** How much was written to them since they looked last. */
  unread: number;
}

/** Who of the business is signed in. */
export interface StaffVisit {
  email: string;
  name: string | null;
  role: Role;
  factors: Factors;
  /** When their second factor was last proven in this session; null where none is asked for. */
  provenAt: number | null;
  /** Whether keys of the console act for them. */
  hasKeys: boolean;
}

/** Which second factors somebody of the team has. */
interface Factors {
  app: boolean;
  passkey: boolean;
}

/** One request to a page: who asks, and by what. */
export interface Visit {
  /** On behalf of whom pages call operations: of the customer or member of staff who is signed in, or of nobody. */
  ctx: Context;
  asker: Asker;
  customer: SignedInCustomer | null;
  /** Whose email is proven, and who has not joined. */
  joining: { email: string } | null;
  /** Null unless somebody who works for the business is signed in, as fully as the business asks for. */
  staff: StaffVisit | null;
  /** Who of the business has proven their mail and has yet to prove or set up a second factor. */
  entrant: { email: string; factors: Factors } | null;
  /** Whether who asks sits at the machine that answers. */
  isAtMachine: () => boolean;
  /** Null unless mail stays on this machine and the request comes from it. */
  listMailbox: ((asked?: MailboxAsked) => Promise<MailboxItem[]>) | null;
  /** The business's time zone, in which every date is shown. */
  timeZone: string;
  face: Face;
  /** The languages that the business offers. */
  languages: Languages;
  /** What it says in its own words. */
  texts: OwnTexts;
  /** What the business has set up: pages promise nothing else. */
  features: Features;
  /** Whether the page is shown to staff with words that are not kept. */
  isPreview: boolean;
  /** Whether all of it is invented: pages say so. */
  isDemo: boolean;
  /** When somebody is there, as the policy of that name says it. */
  businessHours: string;
  /** Counts a page that was read. */
  countHit: (hit: Hit) => void;
  /** Logs an unexpected error and returns the id that the page shows instead. */
  report: (error: unknown) => string;
}

export interface Visitor {
  request: Request;
  connection: Connection;
  waitUntil: WaitUntil;
  hits: HitCounter;
}

/** Who is there where no session is. */
const nobody = { session: null, stamp: null };

/** Opens a visit: one store, one read of the session with the stamp of the business. */
export async function openVisit(deps: AppDeps, visitor: Visitor): Promise<Visit> {
  const { request, connection, waitUntil, hits } = visitor;
  const { runtime } = deps;
  const db = deps.openStore();
  const sent = readCookies(request, runtime.config);
  const { session, stamp } =
    sent.session === null ? nobody : await findSessionAndStamp({ ...runtime, db }, sent.session);
  // A stamp of the primary tells what stands there: a replica may be a moment behind.
  const business =
    stamp === null
      ? await getBusiness({ ...runtime, db })
      : await businessAt({ ...runtime, db: db.fresh }, stamp);
  const customer = customerOf(session);
  const member = session?.kind === 'staff' ? session.staff : null;
  const isWhole = member !== null && isWholeSession(member, business);
  const httpVersion = connection.platform === 'node' ? connection.httpVersion : undefined;
  const ctx: Context = {
    ...runtime,
    db,
    actor: member !== null && !isWhole ? { kind: 'anonymous' } : actorOf(session),
    wakeMail: (when) => deps.wakeMail?.(when, waitUntil),
    waitUntil,
  };
  const asker: Asker = {
    clientAddress: clientAddress(request, connection),
    country: countryOf(request, connection),
    userAgent: request.headers.get('User-Agent') ?? '',
    browserToken: isBrowserToken(sent.browser) ? sent.browser : null,
    sessionToken: sent.session,
    knownToken: isBrowserToken(sent.known) ? sent.known : null,
    writerToken: isBrowserToken(sent.writer) ? sent.writer : null,
    deviceToken: isBrowserToken(sent.device) ? sent.device : null,
    linkToken: isLinkToken(sent.link) ? sent.link : null,
    mayHaveDraft: sent.draft !== null,
    nextPath: sent.next,
    customerId: customer?.id ?? '',
    member,
  };
  return {
    ctx,
    asker,
    customer,
    joining: session?.kind === 'joining' ? session.joining : null,
    staff: isWhole ? member : null,
    entrant: isWhole ? null : member,
    isAtMachine: () => isFromThisMachine(request, runtime.config, connection),
    listMailbox: isMailboxRequest(request, runtime.config, httpVersion)
      ? (asked) => listMailbox(ctx, asked)
      : null,
    timeZone: business.timeZone,
    face: faceOf(runtime.cache, business.identity),
    languages: offeredLanguages(business),
    texts: business.texts,
    features: featuresOf(runtime.house, business),
    isPreview: false,
    isDemo: business.revision > 0 && (await isDemo(ctx)),
    businessHours: policyOf(business, businessHours),
    countHit: (hit) => hits.count(hit, { ctx, timeZone: business.timeZone, waitUntil }),
    report: (error) => report(ctx, error),
  };
}

/** Who has a second factor has to prove it; whether the others need one is for the business to say. */
function isWholeSession({ factors, provenAt }: Pick<StaffVisit, 'factors' | 'provenAt'>, business: Business) {
  const hasFactor = factors.app || factors.passkey;
  return provenAt !== null || (!hasFactor && policyOf(business, staffFactor) === 'optional');
}

const customerOf = (session: Session | null) => (session?.kind === 'customer' ? session.customer : null);

function actorOf(session: Session | null): Actor {
  if (session === null || session.kind === 'joining') return { kind: 'anonymous' };
  if (session.kind === 'customer') {
    const { id, signedInAt } = session.customer;
    return { kind: 'customer', id, signedInAt };
  }
  const { id, role, provenAt } = session.staff;
  return { kind: 'staff', id, role, ...(provenAt === null ? {} : { provenAt }) };
}

/** The message of a database error repeats what was bound to it, so only its kind and place are logged. */
function report({ log }: Context, error: unknown): string {
  const id = newCode(2);
  const name = error instanceof Error ? error.name : typeof error;
  const place =
    error instanceof Error ? error.stack?.split('\n').find((line) => line.startsWith('    at')) : null;
  log.error('A page failed: {id} {name} {place}', { id, name, place: place?.trim() ?? null });
  return id;
}

function isLinkToken(text: string | null): text is string {
  return text !== null && text !== '';
}

/** A cookie of another program on the same host counts as none. */
function isBrowserToken(text: string | null): text is string {
  return text !== null && /^[\w-]{16,200}$/.test(text);
}
