//! Tokens, sessions and users: valid until they expire, are revoked, or their user is closed.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use giaoban::domain::access::{Role, Scope};
use giaoban::entities::{session, token, user};
use giaoban::store::{caller, unit, write};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, SqlErr};

use super::fixture::{Case, now, on_both_seeded};

fn in_days(days: i64) -> DateTime<Utc> {
    now() + TimeDelta::days(days)
}

fn a_user(login: &str) -> user::Model {
    user::Model {
        id: write::new_id(),
        login: login.into(),
        name: "Nguyễn Văn A".into(),
        role: Role::Unit,
        password_hash: "$argon2id$...".into(),
        created_at: now(),
        disabled_at: None,
    }
}

#[tokio::test]
async fn a_token_is_valid_until_it_expires_is_revoked_or_its_user_is_closed() {
    on_both_seeded(async |case: &Case| {
        let db = case.database.writer();
        let nghe_an = unit::by_code_or_alias(db, "40").await.unwrap().unwrap().id;
        let user = a_user("nghean");
        caller::insert_user(db, user.clone(), &BTreeSet::from([nghe_an])).await.unwrap();
        let new = |hash: &str, user_id| token::Model {
            id: write::new_id(),
            label: "thử".into(),
            token_hash: hash.into(),
            role: Role::Unit,
            user_id,
            created_at: now(),
            expires_at: in_days(90),
            revoked_at: None,
            last_used_at: None,
        };
        let token = new("a", None);
        caller::insert_token(db, token.clone(), &BTreeSet::from([nghe_an])).await.unwrap();
        caller::insert_token(db, new("b", Some(user.id)), &BTreeSet::new()).await.unwrap();
        let valid = caller::valid_token(db, "a", now()).await.unwrap().unwrap();
        assert_eq!((valid.units, valid.user), (BTreeSet::from([nghe_an]), None));
        assert!(caller::valid_token(db, "a", in_days(90)).await.unwrap().is_none(), "expired");
        assert!(caller::valid_token(db, "c", now()).await.unwrap().is_none(), "unknown");
        assert!(caller::valid_token(db, "b", now()).await.unwrap().unwrap().user.is_some());
        let closed =
            user::ActiveModel { id: Set(user.id), disabled_at: Set(Some(now())), ..Default::default() };
        closed.update(db).await.unwrap();
        assert!(caller::valid_token(db, "b", now()).await.unwrap().is_none(), "its user is closed");
        caller::token_used(db, token.id, now()).await.unwrap();
        assert!(caller::revoke_token(db, token.id, now()).await.unwrap());
        assert!(!caller::revoke_token(db, token.id, now()).await.unwrap(), "once");
        assert!(caller::valid_token(db, "a", now()).await.unwrap().is_none(), "revoked");
        let listed = caller::tokens(db).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert!(listed.iter().any(|token| token.last_used_at.is_some()));
    })
    .await;
}

#[tokio::test]
async fn a_session_speaks_for_the_units_of_its_user_until_it_is_revoked() {
    on_both_seeded(async |case: &Case| {
        let db = case.database.writer();
        let units: BTreeSet<_> =
            unit::all(db, &Scope::All).await.unwrap().into_iter().take(2).map(|unit| unit.id).collect();
        let user = a_user("hai");
        caller::insert_user(db, user.clone(), &units).await.unwrap();
        let session = session::Model {
            id: write::new_id(),
            user_id: user.id,
            token_hash: "s".into(),
            created_at: now(),
            expires_at: in_days(1),
            revoked_at: None,
        };
        caller::insert_session(db, session.clone()).await.unwrap();
        assert_eq!(caller::valid_session(db, "s", now()).await.unwrap().unwrap().units, units);
        assert!(caller::valid_session(db, "s", in_days(1)).await.unwrap().is_none(), "over");
        assert!(caller::revoke_session(db, session.id, now()).await.unwrap());
        assert!(caller::valid_session(db, "s", now()).await.unwrap().is_none(), "revoked");
    })
    .await;
}

#[tokio::test]
async fn a_login_is_taken_once() {
    on_both_seeded(async |case: &Case| {
        let db = case.database.writer();
        caller::insert_user(db, a_user("an"), &BTreeSet::new()).await.unwrap();
        let error = caller::insert_user(db, a_user("an"), &BTreeSet::new()).await.unwrap_err();
        assert!(matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))), "{error}");
        assert!(caller::user_by_login(db, "an").await.unwrap().is_some());
    })
    .await;
}
