import type { NamedProduct } from '../../money/catalogue/product-key.ts';

/**
 * The page of a product in the shop, by a pattern such as `https://shop.example/products/{sku}` or `…/search?q={product}`; null
 * where there is none, or it asks for a SKU that the product has not.
 */
export function productPageOf(
  pattern: string,
  { sku, name }: Pick<NamedProduct, 'sku' | 'name'>,
): string | null {
  if (pattern === 'off' || (sku === null && pattern.includes('{sku}'))) return null;
  return pattern
    .replaceAll('{sku}', encodeURIComponent(sku ?? ''))
    .replaceAll('{product}', encodeURIComponent(name));
}

/** Whether a pattern leads to a page of a shop for each product. */
export function isProductPattern(text: string): boolean {
  const url = URL.parse(text.replaceAll('{sku}', 'x').replaceAll('{product}', 'x'));
  return (
    url !== null && url.protocol === 'https:' && /\{(?:sku|product)\}/.test(text) && !/[\s"<>]/.test(text)
  );
}
