CREATE TABLE `page_hits` (
	`day` text NOT NULL,
	`page` text NOT NULL,
	`language` text NOT NULL,
	`hits` integer NOT NULL,
	PRIMARY KEY(`day`, `page`, `language`)
) STRICT, WITHOUT ROWID;
