CREATE TABLE `waiting_notices` (
	`reader` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`reader`, `subject`)
) STRICT, WITHOUT ROWID;
