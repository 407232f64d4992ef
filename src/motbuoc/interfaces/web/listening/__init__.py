"""What all pages share on which people write in their own words; receipts."""
