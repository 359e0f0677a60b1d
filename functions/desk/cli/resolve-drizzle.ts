import { registerHooks } from 'node:module';

const within = '/node_modules/drizzle-orm/';

/**
 * Resolves the imports of Drizzle by address alone. Node reads the `package.json` of the package a file lies in anew for
 * each import, and Drizzle's has 180 KB: more than half of a command's time (`docs/decisions/0034-resolving-drizzle.md`).
 */
export function resolveDrizzleByAddress(): void {
  const known = new Map<string, { url: string; format?: string | null }>();
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith('.') && context.parentURL?.includes(within) === true)
        return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
      if (!specifier.startsWith('drizzle-orm')) return next(specifier, context);
      const found = known.get(specifier) ?? next(specifier, context);
      known.set(specifier, found);
      return { ...found, shortCircuit: true };
    },
  });
}
