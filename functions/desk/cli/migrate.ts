import type { Command } from './command.ts';
import { readSettings } from './context.ts';
import { openDatabase } from './database.ts';
import { upgrade } from './upgrade.ts';

export const migrateDatabase: Command = {
  arguments: [],
  options: {
    'without-copy': { summary: 'Make no copy of the file first; keep a backup elsewhere' },
  },
  about:
    'Applies what is missing. A database file is migrated by every command; a server only by this one. A file that was\n' +
    'in use is copied before, beside itself, and the three newest of these copies stay. A server makes no copy: take a\n' +
    'backup of it before.',
  examples: ['migrate', 'migrate --without-copy'],
  run: async ({ io, isOn }) => {
    const { config, place } = readSettings();
    const db = await openDatabase(place, config.databaseAuthToken);
    try {
      const upgraded = await upgrade(db, place, { isCopied: !isOn('without-copy') });
      const lines = upgraded.applied.map((name) => `Applied ${name}`);
      await io.answer(upgraded, lines.length === 0 ? ['The database is up to date.'] : lines);
      return 0;
    } finally {
      db.close();
    }
  },
};
