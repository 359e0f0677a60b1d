/** Goods with the number of whole pieces that a shop's basket takes. */
export interface BasketItem {
  sku: string | null;
  quantityMilli: number;
}

/**
 * Whether a pattern leads to the basket of a shop: over https, with `{sku}` (and `{quantity}`, where the shop takes it) for one
 * product at a time, or with `{items}` for all at once.
 */
export function isBasketPattern(text: string): boolean {
  const filled = text.replaceAll('{sku}', 'x').replaceAll('{quantity}', '1').replaceAll('{items}', 'x:1');
  const url = URL.parse(filled);
  const hasOne = text.includes('{sku}') !== text.includes('{items}');
  return url !== null && url.protocol === 'https:' && hasOne && !/[\s"<>]/.test(text) && isItsHost(text);
}

/** What is asked for decides on no host. */
const isItsHost = (text: string) => /^https:\/\/[^/?#{}]+[/?#]/.test(text);

/** The address that puts one product into the basket; null where the shop takes none such. */
export function basketAddressOf(pattern: string, { sku, quantityMilli }: BasketItem): string | null {
  if (pattern === 'off' || sku === null || quantityMilli % 1000 !== 0) return null;
  const quantity = String(quantityMilli / 1000);
  return pattern
    .replaceAll('{sku}', encodeURIComponent(sku))
    .replaceAll('{quantity}', quantity)
    .replaceAll('{items}', `${encodeURIComponent(sku)}:${quantity}`);
}

/** The address that puts all of them in at once; null where one of them cannot go, or the shop takes one at a time. */
export function wholeBasketAddress(pattern: string, items: readonly BasketItem[]): string | null {
  if (!pattern.includes('{items}') || items.length === 0) return null;
  const parts = items.map(({ sku, quantityMilli }) =>
    sku === null || quantityMilli % 1000 !== 0 ? null : `${encodeURIComponent(sku)}:${quantityMilli / 1000}`,
  );
  return parts.includes(null) ? null : pattern.replaceAll('{items}', parts.join(','));
}
