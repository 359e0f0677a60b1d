import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import { isSameSecret, signatureOf } from '../../ground/platform/ids.ts';

/** How long a link opens its order: one in a mail, and one that somebody got by a code. */
const lives_ms = { mail: 30 * DAY_MS, code: HOUR_MS } as const;
export type LinkKind = keyof typeof lives_ms;

/** What an order's link rests on: once any of it is another, the link opens nothing. */
export interface LinkedOrder {
  orderId: string;
  rootId: string;
  accountId: string;
  customerId: string;
  email: string;
}

/** When and for whom a link was made. */
export interface LinkMade {
  kind: LinkKind;
  /** Epoch milliseconds. */
  madeAt: number;
}

/** The token of a link that opens one order and does nothing. It is stored nowhere, and names the order's id alone. */
export function orderLinkOf(secret: string, order: LinkedOrder, made: LinkMade): string {
  const { orderId, rootId, accountId, customerId, email } = order;
  const claim = claimOf(orderId, made);
  const rests = JSON.stringify([claim, rootId, accountId, customerId, email]);
  return `${claim}.${signatureOf(secret, `order-link:${rests}`)}`;
}

/** What a token says of itself, signed or not; null for what cannot be one of ours. */
export function readOrderLink(token: string): (LinkMade & { orderId: string }) | null {
  const [, orderId, mark, at] = /^([0-9a-f]{32})\.([mc])([0-9a-z]{1,10})\.[\w-]{43}$/.exec(token) ?? [];
  if (orderId === undefined || at === undefined) return null;
  return { orderId, kind: mark === 'm' ? 'mail' : 'code', madeAt: Number.parseInt(at, 36) };
}

/** Whether we made the token for this order as it is now, and its time is not over. */
export function opensOrder(
  { secret, now }: { secret: string; now: number },
  token: string,
  order: LinkedOrder,
): boolean {
  const made = readOrderLink(token);
  if (made === null || made.madeAt > now || now >= linkEnd(made)) return false;
  return isSameSecret(token, orderLinkOf(secret, order, made));
}

/** From when on a link opens nothing. */
export const linkEnd = ({ kind, madeAt }: LinkMade) => madeAt + lives_ms[kind];

const claimOf = (orderId: string, { kind, madeAt }: LinkMade) =>
  `${orderId}.${kind === 'mail' ? 'm' : 'c'}${madeAt.toString(36)}`;
