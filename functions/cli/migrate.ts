import { migrate } from '../../db/migrate.ts';
import type { Command } from './command.ts';
import { readSettings } from './context.ts';
import { openDatabase } from './database.ts';

export const migrateDatabase: Command = {
  arguments: [],
  options: {},
  about: 'Applies what is missing. A database file is migrated by every command; a server only by this one.',
  examples: ['migrate'],
  run: async ({ io }) => {
    const { config, place } = readSettings();
    const db = await openDatabase(place, config.databaseAuthToken);
    try {
      const applied = await migrate(db, Date.now());
      const lines = applied.map((name) => `Applied ${name}`);
      await io.answer({ applied }, applied.length === 0 ? ['The database is up to date.'] : lines);
      return 0;
    } finally {
      db.close();
    }
  },
};
