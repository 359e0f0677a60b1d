import { writeFileSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { dump } from './dump.ts';

/** Keeps a database file as a fixture: node tests/upgrades/make-dump.ts FILE NAME.sql.br */
const [file = '', name = ''] = process.argv.slice(2);
const db = openEmbedded(file);
writeFileSync(new URL(`./${name}`, import.meta.url), await dump(db));
db.close();
