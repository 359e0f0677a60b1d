import { type About, fillWords } from '../../ground/platform/fill-words.ts';

/** Why an order that is told again, or of somebody else, is not written: the middle of a sentence, as programs are told it. */
export const refusalWords = {
  over_refunded: 'line {line} is refunded beyond its price',
  order_unknown: 'there is no such order',
  email_in_disguise: 'the email address has characters that nobody sees, or a full stop too many',
  order_of_another_account: 'order {number} of {source} belongs to another account',
  recorded_for_account: 'the order was recorded for another account',
  recorded_for_department: 'the order was recorded for another department',
  recorded_for_customer: 'the order was recorded for another customer',
  kept_currency: 'the currency is {told}, but {kept} was recorded',
  kept_time: 'the time of the order is {told}, but {kept} was recorded',
  kept_shipping: 'shipping is {told}, but {kept} was recorded',
  kept_tax: 'tax is {told}, but {kept} was recorded',
  kept_tax_inside: 'tax inside the prices is {told}, but {kept} was recorded',
  kept_goods_total: 'the total of all goods is {told}, but {kept} was recorded',
  kept_goods_discount: 'the discount of all goods is {told}, but {kept} was recorded',
  kept_line_article: 'the article of line {line} is {told}, but {kept} was recorded',
  kept_line_total: 'the total of line {line} is {told}, but {kept} was recorded',
  kept_line_discount: 'the discount of line {line} is {told}, but {kept} was recorded',
  kept_line_quantity: 'the quantity of line {line} is {told}, but {kept} was recorded',
  kept_line_missing: 'line {line} for {amount} is not among those told now',
  kept_line_unknown: 'line {line} for {amount} was not recorded',
  kept_line_otherwise: 'line {line} for {amount} was recorded as line {kept}, or otherwise as a gift card',
} as const;

/** Which of {@link refusalWords} it is, and what it is about. */
export interface RefusalReason {
  code: keyof typeof refusalWords;
  of: About;
}

export const refusalText = ({ code, of }: RefusalReason): string => fillWords(refusalWords[code], of);
