import type { erasureMails } from '../../../functions/desk/erasure/letters/kinds.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const erasure: Letters<typeof erasureMails> = {
  erasure_code: (_params, { business, code }) => ({
    subject: `${code} confirms that ${business} should erase your data`,
    heading: 'Erase your data?',
    paragraphs: [`Enter this code on the page where you asked ${business} to erase your data.`],
    code,
    button: 'Open the page',
    notes: [
      'The code works once, within 10 minutes.',
      'If you did not ask for this, somebody is signed in as you: sign in and end all other sessions.',
    ],
  }),
  erasure_asked: ({ dueAt }, { business, formats }) => ({
    subject: `Your data at ${business} will be erased`,
    heading: 'Your data will be erased tomorrow',
    paragraphs: [
      `On ${formats.moment({ at: dueAt, day: null })} we erase who you are from ${business}, as you asked. Your credit and unused vouchers are lost then.`,
      'If you change your mind, or did not ask for this, press the button: nothing is erased.',
    ],
    button: 'Keep my data',
    notes: ['The button works until then. Afterwards nobody can bring your data back.'],
  }),
  erased: ({ at, words }, { business, formats }) => ({
    subject: `Your data at ${business} has been erased`,
    heading: 'Your data has been erased',
    paragraphs: [
      `On ${formats.moment({ at, day: null })} we erased your name, your addresses and everything else that tells who you are at ${business}.`,
      words === 'gone'
        ? 'What you told us is gone as well: feedback, answers and messages.'
        : 'What you told us stays, without your name and tied to nobody.',
      'Your orders stay in our books as sums without a name, because the law requires us to keep books. Copies made before are overwritten in time, and if one is ever restored, your data is erased from it again.',
    ],
    button: 'Open the portal',
    notes: ['This is our last mail to you: we do not keep this address once it is sent.'],
  }),
};
