import type { OrderStatus } from '../../functions/money/orders/statuses.ts';
import type { Messages } from '../locale.ts';

export type Tone = 'waiting' | 'moving' | 'good' | 'back' | 'warn' | 'bad';

const tones: Record<OrderStatus, Tone> = {
  placed: 'waiting',
  confirmed: 'waiting',
  packed: 'moving',
  shipped: 'moving',
  out_for_delivery: 'moving',
  ready_for_pickup: 'moving',
  released: 'moving',
  delivered: 'good',
  delayed: 'warn',
  on_hold: 'warn',
  delivery_failed: 'bad',
  return_refused: 'bad',
  cancelled: 'bad',
  return_requested: 'waiting',
  return_approved: 'waiting',
  returned: 'back',
  partly_refunded: 'back',
  refunded: 'back',
};

/** What somebody waits for at the door or goes to fetch. */
export const isUnderWay = (status: OrderStatus): boolean =>
  status === 'delayed' ||
  status === 'delivery_failed' ||
  (toneOf(status) === 'moving' && status !== 'released');

export const toneOf = (status: OrderStatus): Tone => tones[status];

export const statusWords = (t: Messages, status: OrderStatus): string => t[`status_${status}`]();

/**
 * What a customer may do, or need not do, about bad news; null for good news. `isRegretted` when the words beside it say
 * already that we are sorry.
 */
export function statusHelp(
  t: Messages,
  status: OrderStatus,
  { isRegretted = false }: { isRegretted?: boolean } = {},
): string | null {
  switch (status) {
    case 'delayed':
      return isRegretted ? t.help_delayed_only() : t.help_delayed();
    case 'delivery_failed':
      return t.help_delivery_failed();
    case 'on_hold':
      return t.help_on_hold();
    case 'return_refused':
      return t.help_return_refused();
    case 'ready_for_pickup':
      return t.help_ready_for_pickup();
    default:
      return null;
  }
}
