import type { Store } from '../../../db/store.ts';
import { fileSteps, NOTED_FILES } from '../../reach/imports/runs/archive-rows.ts';

export type FileStep = keyof typeof fileSteps;

/** How far the files of an archive are that comes in, across its turns. */
export interface NotedFiles {
  /** Null before anything was noted. */
  stepOf: (name: string) => FileStep | null;
  /** Whether it is in the store. */
  isDone: (name: string) => boolean;
  /** How many are. */
  count: () => number;
  note: (name: string, step: FileStep) => Promise<void>;
}

/** What was noted so far is read once; each note is written before the next thing is done. */
export async function openNotedFiles(db: Store, table: string): Promise<NotedFiles> {
  const noted = new Map<string, { place: number; step: FileStep }>();
  const sql = `SELECT part, place, line FROM ${table} WHERE file = ?`;
  for (const [name, place, line] of await db.fresh.read({ sql, args: [NOTED_FILES] }))
    noted.set(String(name), { place: Number(place), step: stepAt(Number(line)) });
  const isDone = (name: string) => (noted.get(name)?.step ?? 'begun') !== 'begun';
  return {
    stepOf: (name) => noted.get(name)?.step ?? null,
    isDone,
    count: () => [...noted.keys()].filter(isDone).length,
    note: async (name, step) => {
      const place = noted.get(name)?.place ?? noted.size;
      const note = `INSERT INTO ${table} (file, place, part, line, key, row) VALUES (?, ?, ?, ?, ?, '[]')
        ON CONFLICT (file, place) DO UPDATE SET line = excluded.line`;
      await db.write([{ sql: note, args: [NOTED_FILES, place, name, fileSteps[step], name] }]);
      noted.set(name, { place, step });
    },
  };
}

function stepAt(line: number): FileStep {
  if (line === fileSteps.put) return 'put';
  return line === fileSteps.there ? 'there' : 'begun';
}
