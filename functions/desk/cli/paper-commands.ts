import type { ListedCommand } from './command.ts';

/** The commands about invoices and credit notes, in the order in which help shows them. */
export const paperCommands: Readonly<Record<string, ListedCommand>> = {
  'papers issue': {
    summary: 'Issue the invoice of an order',
    load: async () => (await import('./papers.ts')).paperIssued,
  },
  'papers list': {
    summary: 'Show invoices and credit notes',
    load: async () => (await import('./papers.ts')).papersListed,
  },
  'papers export': {
    summary: 'Write one invoice or credit note to a file',
    load: async () => (await import('./papers.ts')).paperExported,
  },
};
