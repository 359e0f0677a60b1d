/** What a guess may find a column to be; `time` is the clock beside a day. */
export const guessable = [
  'order_number',
  'placed_at',
  'time',
  'customer_email',
  'customer_key',
  'customer_name',
  'currency',
  'line_total',
  'unit_price',
  'quantity',
  'sku',
  'product',
  'category',
  'line_discount',
  'shipping',
  'tax',
  'status',
  'delivered_at',
  'tracking_number',
  'refunded_order',
] as const;
export type Guessable = (typeof guessable)[number];

/** Headers that mean a column of ours, the plainest first, as `plainHeader` writes them: English, German, Ukrainian, and common ones of French, Spanish, Italian, Polish and Dutch tills. */
export const headerWords: Record<Guessable, readonly string[]> = {
  order_number: words(
    'ordernumber orderno ordernr orderid order invoiceno invoicenumber invoiceid invoice receiptnumber receiptno receiptid receipt transactionid transactionnumber transaction saleid salenumber ticketnumber ticket billnumber billno bill number',
    'belegnummer belegnr beleg bonnummer bonnr bon rechnungsnummer rechnungsnr rechnung bestellnummer bestellnr bestellung auftragsnummer auftragsnr vorgangsnummer vorgang kassenbon nummer',
    'номерзамовлення замовлення номерчека номерчеку чек номеррахунку рахунок номернакладної накладна номердокумента документ номер',
    'numérodecommande commande numérodeticket numérodefacture facture númerodepedido pedido numerodepedido factura numeroordine ordine scontrino fattura numerzamówienia zamówienie nrparagonu paragon faktura bestelnummer factuurnummer',
  ),
  placed_at: words(
    'placedat orderdate invoicedate saledate purchasedate transactiondate receiptdate datetime createdat created orderedat date timestamp',
    'bestelldatum rechnungsdatum belegdatum verkaufsdatum kaufdatum buchungsdatum auftragsdatum zeitpunkt datum',
    'датазамовлення датачека датачеку датапродажу датаічас датачас датадокумента створено дата',
    'datedecommande fecha fechadepedido data dataordine datazamówienia datasprzedaży orderdatum besteldatum',
  ),
  time: words(
    'time saletime transactiontime ordertime',
    'uhrzeit zeit',
    'час',
    'heure hora ora godzina tijd',
  ),
  customer_email: words(
    'customeremail email mail emailaddress customermail',
    'kundenmail kundenemail',
    'електроннапошта пошта емейл',
    'courriel correo emailklienta',
  ),
  customer_key: words(
    'customerkey customerid customerno customernumber customercode clientid clientnumber buyerid membernumber memberid loyaltycard cardnumber',
    'kundennummer kundennr kundenid kundencode',
    'кодклієнта номерклієнта idклієнта кодпокупця номеркартки карткаклієнта',
    'codeclient numéroclient idcliente codigocliente codicecliente idklienta numerklienta klantnummer',
  ),
  customer_name: words(
    'customername customer buyername buyer clientname client name',
    'kundenname kunde käufer name',
    'клієнт імʼяклієнта ім’яклієнта імяклієнта покупець піб контрагент',
    'nomclient nombrecliente cliente nomecliente klient nazwaklienta klant klantnaam',
  ),
  currency: words('currency currencycode', 'währung waehrung', 'валюта', 'devise moneda valuta waluta'),
  line_total: words(
    'linetotal linetotalamount itemtotal lineamount total amount totalamount sales netsales grosssales revenue totalprice sum',
    'betrag summe gesamtbetrag gesamtpreis gesamt bruttobetrag brutto umsatz zeilensumme',
    'сума сумарядка всього вартість разом',
    'montant montanttotal importe importo totale kwota wartość suma bedrag totaal',
  ),
  unit_price: words(
    'unitprice price itemprice priceeach',
    'einzelpreis preis stückpreis stueckpreis verkaufspreis',
    'ціна ціназаодиницю ціназашт',
    'prix prixunitaire precio prezzo cena prijs stuksprijs',
  ),
  quantity: words(
    'quantity qty units count pieces',
    'menge anzahl stück stueck stk',
    'кількість кть клк шт',
    'quantité cantidad quantità ilość aantal',
  ),
  sku: words(
    'sku stockcode productid productcode itemcode itemnumber itemid itemsku articlenumber articlecode barcode ean gtin',
    'artikelnummer artikelnr artnr artikelcode',
    'артикул кодтовару код штрихкод',
    'référence codigo codice kodproduktu',
  ),
  product: words(
    'productname product itemname item itemdescription description title article',
    'artikelname artikelbezeichnung artikel bezeichnung produktname produkt ware',
    'товар назватовару найменування назва послуга',
    'produit désignation producto articulo descripción prodotto articolo descrizione nazwa towar omschrijving',
  ),
  category: words(
    'category productcategory productgroup department group',
    'warengruppe kategorie produktgruppe artikelgruppe',
    'категорія групатоварів група',
    'catégorie categoría categoria kategoria categorie',
  ),
  line_discount: words(
    'discount linediscount discountamount',
    'rabatt nachlass',
    'знижка',
    'remise descuento sconto rabat korting',
  ),
  shipping: words(
    'shipping shippingcost shippingamount postage',
    'versand versandkosten porto',
    'доставка вартістьдоставки',
    'livraison envío spedizione wysyłka verzendkosten',
  ),
  tax: words(
    'tax taxamount salestax vat vatamount',
    'mwst ust mehrwertsteuer umsatzsteuer',
    'пдв',
    'tva iva btw podatek',
  ),
  status: words(
    'status orderstatus state',
    'zustand bestellstatus',
    'статус стан статусзамовлення',
    'estado stato statut',
  ),
  delivered_at: words(
    'deliveredat deliverydate datedelivered shipdate dateshipped shippeddate',
    'lieferdatum geliefertam versanddatum',
    'датадоставки доставлено датавідправлення',
    'datadostawy leverdatum',
  ),
  tracking_number: words('trackingnumber tracking', 'sendungsnummer', 'ттн номерттн', ''),
  refunded_order: words(
    'refundedorder originalorder originalinvoice originalreceipt refundof',
    'ursprungsbeleg stornozu',
    'чекпродажу',
    '',
  ),
};

/** Tax whose name is one of a tax that prices include by law where they are shown. */
export const taxInsideWords: ReadonlySet<string> = new Set(
  words('vat vatamount mwst ust mehrwertsteuer umsatzsteuer пдв tva iva btw'),
);

/** States of orders by their usual words. */
export const statusWords: Record<string, readonly string[]> = {
  delivered: words(
    'delivered completed complete fulfilled paid closed done',
    'geliefert zugestellt abgeschlossen erledigt bezahlt',
    'доставлено виконано завершено оплачено отримано',
  ),
  shipped: words('shipped sent dispatched', 'versendet versandt verschickt', 'відправлено'),
  confirmed: words('confirmed processing inprogress', 'bestätigt inbearbeitung', 'підтверджено вобробці'),
  placed: words('placed new open pending', 'neu offen ausstehend', 'нове новий очікує'),
  cancelled: words('cancelled canceled void voided failed', 'storniert abgebrochen', 'скасовано'),
  on_hold: words('onhold hold', 'angehalten', 'призупинено'),
};

/** A header without case, space and signs. */
export function plainHeader(header: string): string {
  return header
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}’ʼ]/gu, '');
}

function words(...lists: string[]): string[] {
  return lists.flatMap((list) => list.split(' ')).filter((word) => word !== '');
}
