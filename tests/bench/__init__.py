"""How fast the whole bot answers, beside a bare echo; how soon it starts; what memory it takes."""
