import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the browsers' demo business lives: made by the first process, told to the others by the environment. */
process.env.DEMO_FOLDER ??= mkdtempSync(join(tmpdir(), 'regulars-browsers-'));

export const demoFolder = process.env.DEMO_FOLDER;
const demoPort = Number(process.env.DEMO_PORT ?? 4398);
export const demoOrigin = `http://localhost:${demoPort}`;

/** The settings with which the demo is served and its commands are run. */
export const demoSettings = {
  DATABASE_URL: `file:${join(demoFolder, 'demo.db')}`,
  SECRET: 'a-secret-of-the-browsers-32-characters-long',
  PORT: String(demoPort),
  PUBLIC_URL: demoOrigin,
  DEMO: 'on',
};
