CREATE TABLE `product_terms` (
	`run` integer NOT NULL,
	`key` text NOT NULL,
	`term` text NOT NULL,
	PRIMARY KEY(`run`, `key`, `term`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `product_terms_found` ON `product_terms` (`run`,`term`);