CREATE TABLE `archive_places` (
	`what` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
) STRICT, WITHOUT ROWID;
