DROP INDEX `customers_listed`;--> statement-breakpoint
DROP INDEX `customer_figures_joined`;--> statement-breakpoint
DROP INDEX `customer_figures_spend`;--> statement-breakpoint
DROP INDEX `customer_figures_last`;--> statement-breakpoint
DROP INDEX `customer_figures_balance`;--> statement-breakpoint
DROP INDEX `customer_figures_kind`;--> statement-breakpoint
DROP INDEX `customer_figures_claimed`;--> statement-breakpoint
DROP INDEX `customer_figures_club`;--> statement-breakpoint
DROP INDEX `customer_figures_news`;--> statement-breakpoint
DROP INDEX `customer_figures_lapsed`;--> statement-breakpoint
ALTER TABLE `customer_figures` ADD `name_key` text;--> statement-breakpoint
ALTER TABLE `customer_figures` ADD `traits` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `customer_figures` SET `traits` = (CASE kind WHEN 'personal' THEN 0 WHEN 'household' THEN 1 ELSE 2 END) * 32 + is_claimed * 16
  + is_in_club * 8 + wants_news * 4 + has_lapsed * 2 + (balance_minor < 0);--> statement-breakpoint
CREATE INDEX `customer_figures_unnamed` ON `customer_figures` (`customer_id`) WHERE name_key IS NULL;--> statement-breakpoint
CREATE INDEX `customer_figures_by_name` ON `customer_figures` (`traits`,`name_key`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_by_joined` ON `customer_figures` (`traits`,`joined_at`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_by_spend` ON `customer_figures` (`traits`,`spend_minor`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_by_last` ON `customer_figures` (`traits`,`last_placed_at`,`customer_id`);--> statement-breakpoint
CREATE INDEX `customer_figures_by_balance` ON `customer_figures` (`traits`,`balance_minor`,`customer_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `own_words` USING fts5(text, tokenize='trigram', content='', contentless_delete=1);--> statement-breakpoint
INSERT INTO `own_words` (rowid, text)
SELECT s.id, group_concat(o.value, char(10)) FROM own_field_values AS o JOIN search_texts AS s ON s.subject_id = o.customer_id
GROUP BY s.id;