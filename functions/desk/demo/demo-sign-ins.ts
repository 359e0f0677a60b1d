import { people } from './people.ts';

/** Whom to sign in as in the demo, and what there is to see. */
export const demoSignIns: readonly { email: string; sees: string }[] = [
  { email: people.anna.email, sees: 'a regular with orders of every kind, credit, vouchers and a household' },
  { email: people.marta.email, sees: 'the buyer of a company with three departments' },
  { email: people.viktor.email, sees: 'a customer in debt after a large return, with mail in Ukrainian' },
  { email: people.leo.email, sees: 'a new customer without orders' },
];
