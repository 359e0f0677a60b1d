import manifest from './migrations/manifest.json' with { type: 'json' };

/** The newest migration of this release, which names its schema. */
export const schemaName = manifest.at(-1)?.name.replace(/\.sql$/, '') ?? '';
