import type { ListedCommand } from './command.ts';

/** The commands about the data of one customer, in the order in which help shows them. */
export const privacyCommands: Readonly<Record<string, ListedCommand>> = {
  'privacy erase': {
    summary: 'Erase who a customer is; orders and ledger stay',
    load: async () => (await import('./privacy-erase.ts')).erasePrivately,
  },
  'privacy reapply': {
    summary: 'Erase again who came back with a restored backup',
    load: async () => (await import('./privacy-erase.ts')).reapplyPrivately,
  },
  'privacy import': {
    summary: 'Take in what a customer took home elsewhere',
    load: async () => (await import('./privacy-import.ts')).privacyImport,
  },
  'privacy export': {
    summary: 'Export all that is kept of one customer',
    load: async () => (await import('./privacy-export.ts')).privacyExport,
  },
};
