(* Identities between sums and products, by computation. *)

From Axiomkd Require Import Core.
From Coq Require Import QArith Qreals RealField Ring_polynom Ring_theory InitialRing BinList List.
Open Scope R_scope.

Definition number (q : Q) : R :=
  match Qden q with xH => IZR (Qnum q) | d => IZR (Qnum q) / IZR (Zpos d) end.
Lemma number_is : forall q, number q = Q2R q.
Proof. intros [n d]. unfold number, Q2R. simpl. destruct d; simpl; unfold Rdiv; try reflexivity. field. Qed.

Definition qplus (a b : Q) : Q := Qred (a + b)%Q.
Definition qtimes (a b : Q) : Q := Qred (a * b)%Q.
Definition qminus (a b : Q) : Q := Qred (a - b)%Q.
Lemma red_is : forall q, Q2R (Qred q) = Q2R q.
Proof. intros q. apply Qeq_eqR, Qred_correct. Qed.
Lemma rationals : ring_morph 0 1 Rplus Rmult Rminus Ropp eq 0%Q 1%Q qplus qtimes qminus Qopp Qeq_bool number.
Proof.
  constructor; intros; rewrite ?number_is.
  - unfold Q2R; simpl; field.
  - unfold Q2R; simpl; field.
  - unfold qplus. rewrite red_is. apply Q2R_plus.
  - unfold qminus. rewrite red_is. apply Q2R_minus.
  - unfold qtimes. rewrite red_is. apply Q2R_mult.
  - apply Q2R_opp.
  - apply Qeq_eqR, Qeq_bool_eq, H.
Qed.
Lemma reals : almost_ring_theory 0 1 Rplus Rmult Rminus Ropp (@eq R).
Proof. apply (Rth_ARth (Eqsth R) (Eq_ext Rplus Rmult Ropp) RTheory). Qed.
Lemma no_division : div_theory (@eq R) qplus qtimes number (fun a b => (0%Q, a)).
Proof.
  constructor. intros a b. simpl. rewrite !number_is. unfold qplus, qtimes. rewrite red_is, Q2R_plus, red_is, Q2R_mult.
  unfold Q2R at 3. simpl. lra.
Qed.
Definition meaning (atoms : list R) (e : PExpr Q) : R :=
  PEeval 0 1 Rplus Rmult Rminus Ropp number N.to_nat pow atoms e.
Definition normal (e : PExpr Q) : Pol Q := norm_subst 0%Q 1%Q qplus qtimes qminus Qopp Qeq_bool (fun a b => (0%Q, a)) 0 nil e.
Lemma identity : forall atoms a b, Peq Qeq_bool (normal a) (normal b) = true -> meaning atoms a = meaning atoms b.
Proof.
  intros atoms a b H.
  apply (ring_correct (Eqsth R) (Eq_ext Rplus Rmult Ropp) reals rationals R_power_theory no_division 0 atoms nil a b I H).
Qed.
Notation computed := ltac:(vm_cast_no_check (@eq_refl bool true)) (only parsing).
Notation "x [+] y" := (PEadd x y) (at level 50, left associativity).
Notation "x [*] y" := (PEmul x y) (at level 40, left associativity).
Definition cst (n : Z) (d : positive) : PExpr Q := PEc (Qmake n d).
Definition atm (n : positive) : PExpr Q := PEX Q n.
