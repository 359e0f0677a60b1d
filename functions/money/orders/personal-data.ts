import { each, emptied, numbersOf, ofTeam, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  // In the books of a company or household, only what the person ordered there themselves.
  orders: numbersOf('root_id IN $roots AND customer_id IN $customers'),
  order_lines: numbersOf('order_id IN $orders'),
  order_events: {
    of: 'order_id IN $orders',
    columns: each(emptied, 'note', 'tracking_number', 'tracking_url'),
  },
  withdrawn_events: {
    of: 'order_id IN $orders',
    columns: each(emptied, 'note', 'tracking_number', 'tracking_url'),
  },
  order_moves: {
    of: 'order_id IN $orders',
    columns: { reason: emptied },
    // Whose it was meanwhile may be somebody else.
    team: ofTeam(
      ...['reason', 'from_root_id', 'from_account_id', 'from_customer_id'],
      ...['to_root_id', 'to_account_id', 'to_customer_id'],
    ),
  },
  refunds: { of: 'order_id IN $orders', columns: { reason: emptied } },
  refund_lines: numbersOf('order_id IN $orders'),
};
