import type { MailParams } from '../templates.ts';
import type { Words } from './words.ts';

const notYou = 'If you did not ask for this, you need not do anything: without the code nobody gets in.';

const states: Record<MailParams['order_state']['status'], string> = {
  placed: 'We have your order',
  confirmed: 'Your order is confirmed',
  packed: 'Your order is packed',
  shipped: 'Your order is on its way',
  out_for_delivery: 'Your order is out for delivery',
  delivered: 'Your order has been delivered',
  ready_for_pickup: 'Your order is ready to collect',
  delivery_failed: 'Your order could not be delivered',
  delayed: 'Your order is delayed',
  on_hold: 'Your order is on hold',
  released: 'Your order goes on',
  cancelled: 'Your order is cancelled',
  return_requested: 'We have your return request',
  return_approved: 'Your return is approved',
  return_refused: 'We could not accept your return',
  returned: 'Your return has arrived',
  partly_refunded: 'Part of your order is refunded',
  refunded: 'Your order is refunded',
};

const rolesInWords: Record<MailParams['staff_invitation']['role'], string> = {
  owner: 'owner',
  manager: 'manager',
  agent: 'agent',
  analyst: 'analyst',
};

export const en: Words = {
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  reason: (business) => `Sent to you by ${business}.`,
  letters: {
    sign_in: (_params, { business, code }) => ({
      subject: `${code} is your code for ${business}`,
      heading: 'Sign in',
      paragraphs: ['Type this code where you asked for it, or press the button.'],
      code,
      button: 'Sign in',
      notes: ['Code and button work once, for 10 minutes.', notYou],
    }),
    email_change: (_params, { business, code }) => ({
      subject: `${code} confirms your new address at ${business}`,
      heading: 'Confirm your new address',
      paragraphs: ['Type this code in your settings, and we will write to this address from then on.'],
      code,
      button: 'Open settings',
      notes: [
        'The code works once, for 10 minutes.',
        'If you did not ask for this, you need not do anything.',
      ],
    }),
    staff_invitation: ({ role }, { business }) => ({
      subject: `Your access to ${business}`,
      heading: `Welcome to ${business}`,
      paragraphs: [`You have been added to the team as ${rolesInWords[role]}. Press the button to sign in.`],
      button: 'Sign in',
      notes: ['The button works once, for 24 hours.'],
    }),
    email_changed_notice: ({ changedAt }, { business, formats }) => ({
      subject: `Your address at ${business} was changed`,
      heading: 'Your address was changed',
      paragraphs: [
        `On ${formats.moment({ at: changedAt, day: null })} your account at ${business} got another email address.`,
        'We no longer write to this one, and every other device was signed out.',
      ],
      button: 'That was not me',
      notes: ['If it was you, all is well.'],
    }),
    order_placed: ({ number, placedAt, total, promisedBy }, { business, formats }) => ({
      subject: `Your order ${number} at ${business}`,
      heading: 'Thank you for your order',
      paragraphs: ['You can follow it, and see what it earns you, at any time.'],
      facts: [
        ['Order', number],
        ['Placed', formats.moment(placedAt)],
        ['Total', formats.money(total)],
        ...(promisedBy === null ? [] : [fact('Promised by', formats.date(promisedBy))]),
      ],
      button: 'See your order',
      notes: [],
    }),
    order_state: ({ number, status, at, carrier, trackingNumber }, { formats }) => ({
      subject: `${states[status]} (${number})`,
      heading: states[status],
      paragraphs: [],
      facts: [
        ['Order', number],
        ['Since', formats.moment(at)],
        ...(carrier === null ? [] : [fact('Carrier', carrier)]),
        ...(trackingNumber === null ? [] : [fact('Tracking number', trackingNumber)]),
      ],
      button: 'See your order',
      notes: [],
    }),
    target_reached: ({ ruleName, spend, pays }, { formats }) => ({
      subject: `${formats.money(pays)} back for you`,
      heading: `You have earned ${formats.money(pays)}`,
      paragraphs: [`With your purchases of ${formats.money(spend)} you reached a target of “${ruleName}”.`],
      button: 'See your rewards',
      notes: ['Nothing to do: it is in your account.'],
    }),
    voucher_issued: ({ code, amount, minimum, expiresAt }, { business, formats }) => ({
      subject: `Your voucher for ${formats.money(amount)} at ${business}`,
      heading: `A voucher for ${formats.money(amount)}`,
      paragraphs: ['Show or type this code with your next purchase. It works once.'],
      code,
      facts: [
        ...(minimum === null ? [] : [fact('From a purchase of', formats.money(minimum))]),
        ...(expiresAt === null ? [] : [fact('Valid until', formats.day(expiresAt - 1))]),
      ],
      button: 'See your vouchers',
      notes: [],
    }),
  },
};

function fact(label: string, value: string): [string, string] {
  return [label, value];
}
