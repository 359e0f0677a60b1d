/**
 * What a product is known by: its SKU where there is one, else its name as the shop writes it; told apart by what stands
 * before, so that no name passes for a SKU.
 */
export function productKey({ sku, name }: { sku: string | null; name: string | null }): string | null {
  if (sku) return `s:${sku}`;
  return name ? `n:${name}` : null;
}

/** The same in SQL, of an order's line `l`. */
export const productKeySql =
  "CASE WHEN l.sku <> '' THEN 's:' || l.sku WHEN l.product <> '' THEN 'n:' || l.product END";

/** How a product is told to people and programs. */
export interface NamedProduct {
  key: string;
  sku: string | null;
  name: string;
}

/** `name` as an order told it; a product of which only the SKU is told is called by that. */
export function namedProduct(key: string, name: string | null): NamedProduct {
  const told = key.slice(2);
  return { key, sku: key.startsWith('s:') ? told : null, name: name ?? told };
}
