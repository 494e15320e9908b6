"""Words that tell a full stop within a sentence from one that ends it: those of
`src/segment/words.rs`."""

#: lower case, without the last full stop
ABBREVIATIONS = frozenset(
    """
    abstr al approx apr art aug b.i.d ca cal cf ch chap cont corp dec dept diam dr ed eds eq eqs
    equiv esp est etc exp ext f.sp feb ff fig figs fr gen hon hosp i.m i.p i.v inc incl inf inj
    intl jan jr jul jun lab lat ltd m.sc mar max med mfg min misc mol mr mrs ms nat no nos nov
    oct op p.o ph.d pl pop pp prep prof pt pts pvt q.d q.i.d ref refs rel resp s.c sci sec sect
    sep sept seq ser sp spec spp sq sr ss st subsp supp suppl t.i.d tab tech temp univ unpubl
    var viz vol vols vs wt yr yrs
    """.split()
)

#: those of them after which a sentence never ends
NEVER_LAST = frozenset(
    """
    cf dr e.g fig figs i.e mr mrs ms prof vs
    """.split()
)

#: capitalised because they begin a sentence, not because they are names
STARTERS = frozenset(
    """
    A After All Although An And As At Because Both But By Conversely Data Despite During Each
    Even Finally For From Further Furthermore He Hence Her Here His How However If In Indeed It
    Its Last Like Moreover Most Neither No None Nonetheless Of On One Other Our Overall Patients
    Recently Results She Similarly Since So Some Studies Such Taken That The Their Then There
    Therefore These They This Those Three Thus To Together Treatment Two Under Unlike Until
    Using We What When Whereas Whether While With Within You
    """.split()
)
