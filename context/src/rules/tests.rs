use super::*;

#[test]
fn the_file_of_rules_is_read() {
    let rules = Rules::read(RULES_JSON);
    assert_eq!(rules.as_ref().err(), None);
}
