import { fact, type LetterParams, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import type { staffMails } from '../../../functions/people/staff/letters/kinds.ts';

const rolesInWords: Record<Role, string> = {
  owner: 'owner',
  manager: 'manager',
  agent: 'agent',
  analyst: 'analyst',
};

const takingsOf = (who: string, role: Role | null) => ({
  'shut-out': `${who} is shut out of the console`,
  role: `the role of ${who} becomes ${rolesInWords[role ?? 'analyst']}`,
  'sign-out': `${who} is signed out everywhere`,
  factor: `the second factor and the passkeys of ${who} no longer count`,
});

const yourTakings = (role: Role | null) => ({
  'shut-out': 'you are shut out of the console',
  role: `your role becomes ${rolesInWords[role ?? 'analyst']}`,
  'sign-out': 'you are signed out everywhere',
  factor: 'your second factor and your passkeys no longer count',
});

const taken = ({ act, role, who, isYou }: LetterParams['owner_change']) =>
  (isYou ? yourTakings(role) : takingsOf(who, role))[act];

export const staff: Letters<typeof staffMails> = {
  staff_invitation: ({ role }, { business }) => ({
    subject: `Your access to ${business}`,
    heading: `Welcome to ${business}`,
    paragraphs: [`You have been added to the team as ${rolesInWords[role]}. Press the button to sign in.`],
    button: 'Sign in',
    notes: ['The button works once, within 24 hours.'],
  }),
  owner_change: (params, { business, formats }) =>
    ({
      asked: {
        subject: params.isYou
          ? `Something is to be taken from you at ${business}`
          : `Something is to be taken from an owner of ${business}`,
        heading: params.isYou ? 'You are to lose something' : 'An owner is to lose something',
        paragraphs: [
          `One of the owners has asked for this: ${taken(params)}. It happens on ${formats.moment({ at: params.dueAt, day: null })}, unless an owner stops it before.`,
          params.isYou
            ? 'Open the team to stop it, or to agree: then it happens at once.'
            : 'Open the team to stop it.',
        ],
        button: 'Open the team',
        notes: ['Owners cannot take anything from one another at once, so that nobody shuts the others out.'],
      },
      agreed: {
        subject: `Agreed and done at ${business}`,
        heading: 'Agreed and done',
        paragraphs: [
          params.isYou
            ? `You have agreed: ${taken(params)}.`
            : `The owner it concerns has agreed: ${taken(params)}.`,
        ],
        button: 'Open the team',
        notes: [],
      },
      due: {
        subject: `The day of notice at ${business} is over`,
        heading: 'The day of notice is over',
        paragraphs: [`Nobody has stopped it, so from now on ${taken(params)}.`],
        button: 'Open the team',
        notes: [],
      },
      stopped: {
        subject: `Stopped at ${business}`,
        heading: 'An owner has stopped it',
        paragraphs: [`This was asked for and will not happen: ${taken(params)}.`],
        button: 'Open the team',
        notes: [],
      },
    })[params.outcome],
  mail_test: (_, { business }) => ({
    subject: `A test email from ${business}`,
    heading: 'Mail arrives',
    paragraphs: [
      `Somebody of the team of ${business} has asked whether mail arrives. It does, and customers get theirs from the same sender.`,
    ],
    button: 'Back to set-up',
    notes: [],
  }),
  staff_waiting: ({ owed, people }, { formats }) => ({
    subject: owed.length > 0 ? 'Money is waiting to be handed over' : 'People are waiting to be confirmed',
    heading: 'This is waiting for you',
    paragraphs: [
      ...(owed.length > 0
        ? [
            'Customers have redeemed credit as a payout or donation. Pass the money on, then mark it in the console.',
          ]
        : []),
      ...(people > 0
        ? [
            'People have joined who order for a company or household that nobody manages. Confirm them if they belong to it.',
          ]
        : []),
    ],
    facts: [
      ...owed.map(({ kind, count, amount }) =>
        fact(
          kind === 'payout' ? 'Payouts' : 'Donations',
          `${formats.number(count)}, ${formats.money(amount)} in total`,
        ),
      ),
      ...(people > 0 ? [fact('People to confirm (under Joining)', formats.number(people))] : []),
    ],
    button: owed.length > 0 ? 'See payouts and donations' : 'See who is waiting',
    notes: ['We write about this at most once a day, and only when something new is waiting.'],
  }),
  factor_added: ({ at }, { business, formats }) => ({
    subject: `An authenticator app was set up for your account at ${business}`,
    heading: 'An authenticator app was set up',
    paragraphs: [
      `On ${formats.moment({ at, day: null })} an authenticator app was set up for your account. From now on its codes prove that it is you.`,
    ],
    button: 'See where I am signed in',
    notes: [
      'If it was you, you do not need to do anything.',
      'If not, ask an owner at once to reset your second factor: it signs you out everywhere.',
    ],
  }),
};
